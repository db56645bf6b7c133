import { HERE, LOGIN } from './addresses';
import { change, POSTGRES, type Store } from './house';

/** Monday, 23/11/2026, as days since 1970 and as the moment of 09:00. */
const [TODAY, NOW] = [20_780, 1_795_399_200_000];

/** The authority of Đồng Xuân: the unit that everything here is of. */
const UNIT = "(SELECT id FROM offices WHERE key = 'xa-dong-xuan-ubnd')";

/** The resident who has filed most, as `filer` of the fixtures, and another one. */
const FILER = `(SELECT a.id FROM accounts a JOIN dossiers d ON d.account_id = a.id
  GROUP BY a.id, a.citizen_id ORDER BY count(*) DESC, a.citizen_id LIMIT 1)`;
const OTHER = `(SELECT a.id FROM accounts a WHERE a.id <> ${FILER} ORDER BY a.citizen_id LIMIT 1)`;

/** A part of each of these texts. */
export const LONG = 'Quyếtđịnhsố';

/** A text of at most so many letters, with a part near its beginning that no line breaks by itself. */
export function longText(most: number): string {
  const rest = ', về việc nhận hồ sơ, trả kết quả và xin lỗi người dân khi quá hạn tại Trung tâm Phục vụ hành chính công'.repeat(20);
  return `Theo ${LONG.repeat(3)}${rest}`.slice(0, most);
}

/**
 * One of everything that the demonstration has none of, with texts as long as forms take: an organisation with an employee,
 * a lent right, an absence, a named filter, a note that names somebody, a feature that will be off, what the unit says of a
 * procedure, and a reorganisation that is confirmed. For a store that no server has open: some of it is read at the start alone.
 */
export async function fillLists(store: Store): Promise<void> {
  const staff = (login: string): string => `(SELECT id FROM staff WHERE login = '${login}')`;
  const named = (login: string): string => `(SELECT name FROM staff WHERE login = '${login}')`;
  const [leader, director, clerk] = [LOGIN.leader, LOGIN.director, LOGIN.reception];
  const mandate = (number: number, kind: string, role: string, from: string, to: string, acts: string[]): string =>
    `INSERT INTO mandates (office_id, id, kind, from_staff, from_name, from_title, to_staff, to_name, role, first_day, last_day,
       scope, paper, made_by, made_at)
     VALUES (${UNIT}, ${id(number)}, '${kind}', ${staff(from)}, ${named(from)}, '${longText(120)}', ${staff(to)}, ${named(to)}, '${role}',
       ${TODAY}, ${TODAY + 30}, ${json({ acts, procedures: [] })}, '${longText(200)}', ${staff(leader)}, ${NOW})`;
  const statements = [
    `INSERT INTO organisations (id, account_id, number, name, address, created_at)
     VALUES (${id(1)}, ${FILER}, '0314409058', '${longText(200)}', '${longText(250)}', ${NOW})`,
    `INSERT INTO organisation_members (organisation_id, id, account_id, valid_from, named_at)
     VALUES (${id(1)}, ${id(2)}, ${OTHER}, ${TODAY}, ${NOW})`,
    mandate(3, 'authority', 'leader', leader, director, ['approve']),
    mandate(4, 'substitute', 'reception', clerk, 'tiepnhan2.dx', []),
    `INSERT INTO saved_views (staff_id, id, name, sort_key, queue, search, procedure_code, created_at)
     VALUES (${staff(clerk)}, ${id(5)}, '${longText(40)}', 'theo', 'tat-ca', '${longText(200)}', '1.001193', ${NOW})`,
    `INSERT INTO notes (office_id, dossier_id, id, at, staff_id, staff_name, words)
     SELECT d.office_id, d.id, ${id(6)}, ${NOW}, s.id, s.name, '${longText(2_000)}' FROM dossiers d, staff s
     WHERE s.login = '${clerk}' AND d.${HERE} AND d.sub_state = 'awaiting_approval' AND d.received_at IS NOT NULL
     ORDER BY d.sensitive, d.queue_at, d.id LIMIT 1`,
    `INSERT INTO mentions (office_id, dossier_id, note_id, staff_id, staff_name)
     SELECT n.office_id, n.dossier_id, n.id, s.id, s.name FROM notes n, staff s
     WHERE n.id = ${id(6)} AND s.login = '${leader}'`,
    `INSERT INTO feature_closures (office_id, id, feature, first_day, last_day, reason, staff_name, created_at)
     VALUES (${UNIT}, ${id(7)}, 'short_messages', ${TODAY + 20}, ${TODAY + 25}, '${longText(200)}', 'Lê Quản Trị', ${NOW})`,
    `INSERT INTO local_parts (office_id, id, code, number, valid_from, online, contact, notes, staff_name, created_at)
     VALUES (${UNIT}, ${id(8)}, '1.001193', 1, ${TODAY - 10}, ${POSTGRES ? 'TRUE' : '1'}, '${longText(200)}', '${longText(600)}', 'Lê Quản Trị', ${NOW})`,
    // Those that are shipped are laid down again at the start, as they are shipped.
    `INSERT INTO reasons (office_id, id, kind, title, sort_key, words, version, changed_at)
     VALUES (${UNIT}, ${id(9)}, 'supplement', '${longText(80)}', 'theo', '${longText(2_000)}', 1, ${NOW})`,
    // Its day is 01/01/2027: nothing begins.
    `UPDATE reorganisations SET confirmed_by = ${staff(LOGIN.overseer)}, confirmed_at = ${NOW}`,
  ];
  for (const statement of statements) {
    await change(store, statement);
  }
}

/** Makes what stands in the demonstration already as long as it gets. */
export async function lengthenTexts(store: Store): Promise<void> {
  const basis = longText(200);
  const plan = POSTGRES ? `jsonb_set(plan, '{basis}', to_jsonb('${basis}'::text))` : `json_set(plan, '$.basis', '${basis}')`;
  // An office goes on ending as it did: people are told apart by the place.
  const authority = 'trung tâm hành chính lâm thời thành lập theo nghị quyết về sắp xếp đơn vị hành chính, thay ';
  for (const statement of [
    `UPDATE offices SET name = '${authority}' || name`,
    `UPDATE office_contacts SET address = '${longText(200)}'`,
    `UPDATE notes SET words = '${longText(2_000)}'`,
    `UPDATE opinions SET question = '${longText(2_000)}'`,
    `UPDATE opinions SET words = '${longText(2_000)}' WHERE words IS NOT NULL`,
    `UPDATE reorganisations SET plan = ${plan}`,
  ]) {
    await change(store, statement);
  }
}

/** An identifier that nothing else has, as either engine writes it; of the kind that grows with time. */
function id(number: number): string {
  const digits = `01a202e0a10070008000${String(number).padStart(12, '0')}`;
  return POSTGRES ? `'${digits}'::uuid` : `x'${digits}'`;
}

/** A JSON column's value. */
function json(value: object): string {
  return `'${JSON.stringify(value)}'${POSTGRES ? '::jsonb' : ''}`;
}
