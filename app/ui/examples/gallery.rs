//! Prints one page with every component, to look at: `gallery citizen`, `gallery start` or `gallery staff`.
//!
//! The page expects `citizen.css` and `staff.css`, compiled from `style/`, beside it.
// long because it is every component once, in sight.

use leptos::prelude::*;
use ui::*;

fn main() {
    let owner = Owner::new();
    let which = std::env::args().nth(1).unwrap_or_default();
    let (css, body) = owner.with(|| match which.as_str() {
        "staff" => ("staff.css", staff().to_html()),
        "start" => ("citizen.css", start().to_html()),
        _ => ("citizen.css", citizen().to_html()),
    });
    println!(
        "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>Gallery</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"stylesheet\" href=\"{css}\"></head><body>{body}</body></html>"
    );
}

fn frame(before: AnyView, wide: bool, inner: AnyView) -> AnyView {
    view! {
        <SkipLink words="Đến nội dung chính" />
        <DemoBand words="Bản trình diễn — không phải cổng của cơ quan nhà nước" />
        <CitizenHeader
            home_href="#"
            above="Tỉnh Đắk Lắk"
            agency="Trung tâm Phục vụ hành chính công xã Xuân Lãnh"
            nav_label="Trang chính"
        >
            <PageLink href="#" words="Thủ tục" current=true />
            <PageLink href="#" words="Tra cứu hồ sơ" />
            <PageLink href="#" words="Đăng nhập" />
        </CitizenHeader>
        <CitizenMain wide=wide before=before>
            {inner}
        </CitizenMain>
        <CitizenFooter>
            <p>
                "Thôn Long Hòa, xã Xuân Lãnh, tỉnh Đắk Lắk. Giờ làm việc: 07:00–11:30 và 13:30–17:00, thứ Hai đến thứ Sáu."
            </p>
            <FooterLinks>
                <PageLink href="#" words="Hướng dẫn" />
                <PageLink href="#" words="Liên hệ" />
                <PageLink href="#" words="Phản ánh, kiến nghị" />
            </FooterLinks>
        </CitizenFooter>
    }
    .into_any()
}

fn start() -> AnyView {
    let inner = view! {
        <div class="opening">
            <h1>"Ông/bà cần làm gì?"</h1>
            <SearchBox
                id="tim"
                action="#"
                label="Tìm thủ tục"
                hint="Ví dụ: khai sinh, chứng thực, trợ cấp"
                button="Tìm kiếm"
            />
        </div>
        <Section id="doi" title="Sự kiện trong đời">
            <Tiles>
                <Tile href="#" glyph=Glyph::Birth title="Sinh con" hint="Khai sinh, thường trú, thẻ bảo hiểm y tế" />
                <Tile href="#" glyph=Glyph::Ring title="Kết hôn" hint="Đăng ký kết hôn, xác nhận tình trạng hôn nhân" />
                <Tile href="#" glyph=Glyph::Candle title="Người thân qua đời" hint="Khai tử, mai táng phí" />
                <Tile href="#" glyph=Glyph::House title="Nhà ở, nơi cư trú" />
                <Tile href="#" glyph=Glyph::Land title="Đất đai" />
                <Tile href="#" glyph=Glyph::Shop title="Mở cửa hàng" hint="Hộ kinh doanh" />
                <Tile href="#" glyph=Glyph::HeartHands title="Trợ giúp xã hội" />
                <Tile href="#" glyph=Glyph::Seal title="Chứng thực giấy tờ" />
            </Tiles>
        </Section>
        <Section id="cach" title="Cách làm">
            <ol class="steps">
                <li>"Tìm thủ tục và xem giấy tờ cần có."</li>
                <li>"Khai trên máy này, chụp ảnh giấy tờ. Có thể dừng và làm tiếp sau."</li>
                <li>"Trung tâm xem, báo ngày hẹn trả và trả kết quả."</li>
            </ol>
        </Section>
        <Section id="hinh" title="Bộ biểu tượng">
            <p>
                {Glyph::ALL
                    .into_iter()
                    .map(|glyph| view! { <Icon glyph=glyph />" " })
                    .collect_view()}
            </p>
        </Section>
    }
    .into_any();
    frame(().into_any(), true, inner)
}

fn citizen() -> AnyView {
    let before = view! {
        <Breadcrumb
            label="Vị trí trang"
            crumbs=vec![
                Crumb::new("Trang chủ", "#"),
                Crumb::new("Danh mục thủ tục", "#"),
                Crumb::here("Đăng ký khai sinh"),
            ]
        />
        <BackLink href="#" words="Quay lại" />
    }
    .into_any();
    let inner = view! { {form_part()} {paper_part()} {state_part()} {end_part()} }.into_any();
    frame(before, false, inner)
}

fn form_part() -> AnyView {
    view! {
        <ErrorSummary
            headline="Còn 2 chỗ cần sửa trước khi đi tiếp."
            problems=vec![
                ProblemLink::new("ten-me", "Nhập họ và tên mẹ của cháu."),
                ProblemLink::new("ngay-sinh", "Tháng 2 năm 2026 không có ngày 30. Kiểm tra lại ngày sinh."),
            ]
        />
        <PageTitle caption="Đăng ký khai sinh · Bước 2/6" title="Cha mẹ của cháu" />
        <form>
            <TextField
                id="ten-me"
                label="Họ và tên mẹ"
                hint="Viết như trên thẻ căn cước"
                error="Nhập họ và tên mẹ của cháu."
                value="H'Ƀlŭ Ksơr Niê"
                autocomplete="off"
            />
            <TextField id="so" label="Số định danh cá nhân" hint="12 chữ số trên thẻ căn cước" width=12 inputmode="numeric" />
            <TextField id="tien" label="Số tiền" width=8 inputmode="numeric" value="24.000" suffix="đ" />
            <DateField
                id="ngay-sinh"
                legend="Ngày sinh của cháu"
                hint="Ví dụ: 23 · 11 · 2026"
                error="Tháng 2 năm 2026 không có ngày 30. Kiểm tra lại ngày sinh."
                day_label="Ngày"
                month_label="Tháng"
                year_label="Năm"
                day="30"
                month="2"
                year="2026"
            />
            <Radios
                id="ai"
                legend="Ông/bà là ai của cháu?"
                options=vec![
                    Choice::new("cha-me", "Cha hoặc mẹ"),
                    Choice::new("ong-ba", "Ông hoặc bà").hint("Cha mẹ cháu không thể đi đăng ký"),
                    Choice::new("khac", "Người thân khác"),
                ]
                value="cha-me"
            />
            <Radios
                id="gioi"
                legend="Giới tính"
                inline=true
                options=vec![Choice::new("nam", "Nam"), Choice::new("nu", "Nữ")]
            />
            <Checkboxes
                id="nhan"
                legend="Nhận tin qua đâu?"
                optional="Không bắt buộc"
                options=vec![Choice::new("sms", "Tin nhắn"), Choice::new("email", "Thư điện tử")]
                values=vec!["sms".to_owned()]
            />
            <Select
                id="thon"
                label="Thôn, buôn, khu phố"
                blank="Chọn thôn"
                options=vec![Choice::new("1", "Thôn Xí Thoại"), Choice::new("2", "Thôn Long Hòa")]
            />
            <TextArea id="ghi" label="Điều cần nói thêm" optional="Không bắt buộc" rows=3 max_length=500 />
            <Checkbox id="cam-doan" label="Tôi cam đoan những điều khai trên là đúng sự thật." />
            <ButtonRow>
                <Button>"Tiếp tục"</Button>
                <Button kind=ButtonKind::Secondary>"Lưu và dừng"</Button>
            </ButtonRow>
            <p class="muted small">"Đã lưu lúc 09:42. Có thể đóng máy và làm tiếp sau."</p>
        </form>
    }
    .into_any()
}

fn paper_part() -> AnyView {
    view! {
        <Section id="giay" title="Giấy tờ">
            <FileField
                id="chung-sinh"
                label="Giấy chứng sinh"
                hint="Ảnh JPG, PNG hoặc tệp PDF, mỗi tệp không quá 10 MB"
                accept="image/jpeg,image/png,application/pdf"
                multiple=true
            >
                <UploadedList label="Giấy tờ đã tải lên">
                    <UploadedFile
                        name="giay-chung-sinh-trang-1-chup-bang-dien-thoai.jpg"
                        href="#"
                        detail="1,2 MB · lúc 09:40"
                        warning="Ảnh hơi mờ, có thể không đọc được chữ."
                    >
                        <Button kind=ButtonKind::Quiet hidden_words="trang 1">"Thay"</Button>
                        <Button kind=ButtonKind::Quiet hidden_words="trang 1">"Xóa"</Button>
                    </UploadedFile>
                    <UploadedFile name="Trang 2" href="#" detail="0,8 MB · lúc 09:41">
                        <Button kind=ButtonKind::Quiet hidden_words="trang 2">"Thay"</Button>
                        <Button kind=ButtonKind::Quiet hidden_words="trang 2">"Xóa"</Button>
                    </UploadedFile>
                </UploadedList>
            </FileField>
        </Section>
        <Section id="xem-lai" title="Xem lại trước khi nộp">
            <SummaryList>
                <SummaryRow label="Họ và tên mẹ" change_href="#" change_words="Sửa">"H'Ƀlŭ Ksơr Niê"</SummaryRow>
                <SummaryRow label="Nơi thường trú" change_href="#" change_words="Sửa">
                    "thôn Xí Thoại, xã Xuân Lãnh, tỉnh Đắk Lắk (trước 01/07/2025: huyện Đồng Xuân, tỉnh Phú Yên)"
                </SummaryRow>
                <SummaryRow label="Phí, lệ phí">"Không phải nộp"</SummaryRow>
            </SummaryList>
            <SummaryCard title="Người nộp hồ sơ" change_href="#" change_words="Sửa">
                <SummaryList>
                    <SummaryRow label="Họ và tên">"So Minh Thứ"</SummaryRow>
                    <SummaryRow label="Số định danh">"0540••••••56"</SummaryRow>
                </SummaryList>
            </SummaryCard>
            <TaskList>
                <Task id="v1" title="Người nộp hồ sơ" href="#">"Xong"</Task>
                <Task id="v2" title="Cha mẹ của cháu" href="#" hint="Còn 2 chỗ cần sửa">
                    <Tag tone=Tone::Warn glyph=Glyph::Pen words="Đang khai" />
                </Task>
                <Task id="v3" title="Nộp hồ sơ"><Tag tone=Tone::Grey words="Chưa làm được" /></Task>
            </TaskList>
        </Section>
    }
    .into_any()
}

fn state_part() -> AnyView {
    view! {
        <Section id="trang-thai" title="Hồ sơ của tôi">
            <Table
                caption="Hồ sơ đã nộp"
                caption_hidden=true
                columns=vec![
                    Column::new("Mã hồ sơ"),
                    Column::new("Thủ tục"),
                    Column::new("Trạng thái"),
                    Column::numeric("Phí"),
                ]
            >
                {[
                    ("H15.50.05.13-261123-0007", "Đăng ký khai sinh", Tone::Info, Glyph::Clock, "Đang giải quyết", "0 đ"),
                    ("H15.50.05.13-261120-0003", "Chứng thực bản sao", Tone::Success, Glyph::PaperTick, "Có kết quả", "24.000 đ"),
                    ("H15.50.05.13-261118-0011", "Trợ cấp xã hội", Tone::Warn, Glyph::PaperPlus, "Cần bổ sung giấy tờ", "0 đ"),
                    ("H15.50.05.13-261110-0002", "Đăng ký hộ kinh doanh", Tone::Error, Glyph::MinusCircle, "Không được tiếp nhận", "0 đ"),
                ]
                    .into_iter()
                    .map(|(code, name, tone, glyph, words, fee)| {
                        view! {
                            <Row>
                                <Cell heading=true><a href="#" class="code">{code}</a></Cell>
                                <Cell label="Thủ tục">{name}</Cell>
                                <Cell label="Trạng thái"><Tag tone=tone glyph=glyph words=words /></Cell>
                                <Cell label="Phí" numeric=true>{fee}</Cell>
                            </Row>
                        }
                    })
                    .collect_view()}
            </Table>
            <p>
                <Tag tone=Tone::Grey glyph=Glyph::Pen words="Đang khai, chưa nộp" />" "
                <Tag tone=Tone::Paused glyph=Glyph::Pause words="Tạm dừng tính hạn" />" "
                <Tag tone=Tone::Info glyph=Glyph::Envelope words="Đã nộp, chờ tiếp nhận" />
            </p>
            <Pager
                label="Các trang hồ sơ"
                previous_href="#"
                previous_words="Mới hơn"
                next_href="#"
                next_words="Cũ hơn"
                position="Hồ sơ 21–40"
            />
        </Section>
        <Section id="qua-trinh" title="Quá trình giải quyết">
            <Timeline label="Quá trình giải quyết">
                <TimelineEntry
                    title="Đã nộp"
                    when="09:45, thứ Hai, 23/11/2026"
                    datetime="2026-11-23T09:45"
                    who="So Minh Thứ"
                    tone=Tone::Success
                    glyph=Glyph::Envelope
                />
                <TimelineEntry
                    title="Phòng Văn hóa - Xã hội đang xem"
                    when="từ 10:02, thứ Hai, 23/11/2026"
                    tone=Tone::Info
                    glyph=Glyph::Clock
                    moment=Moment::Now
                >
                    <p>"Hẹn trả: trước 17:00 thứ Sáu, 27/11/2026."</p>
                </TimelineEntry>
                <TimelineEntry
                    title="Trả kết quả"
                    when="trước 17:00 thứ Sáu, 27/11/2026"
                    moment=Moment::Planned
                    glyph=Glyph::Hand
                />
            </Timeline>
            <Details summary="Vì sao là ngày này">
                <p>"Nhận thứ Hai 23/11. Thứ Ba 24/11 nghỉ lễ. Tính 3 ngày làm việc: thứ Tư, thứ Năm, thứ Sáu 27/11."</p>
            </Details>
        </Section>
    }
    .into_any()
}

fn end_part() -> AnyView {
    view! {
        <Notice tone=Tone::Warn title="Cần bổ sung 2 giấy tờ trước 30/11/2026">
            <ol>
                <li>"Giấy chứng sinh"</li>
                <li>"Ảnh mặt sau thẻ căn cước"</li>
            </ol>
            <LinkButton href="#">"Bổ sung giấy tờ"</LinkButton>
        </Notice>
        <Notice>
            <p>"Cán bộ không hỏi mật khẩu, mã dùng một lần (OTP). Nghi ngờ, gọi 0257 123 456."</p>
        </Notice>
        <Notice tone=Tone::Error title="Chưa nộp">
            <p>"Hồ sơ nằm trên máy này, chờ có mạng để gửi."</p>
        </Notice>
        <Notice tone=Tone::Success live=true><p>"Đã nhận 24.000 đ lúc 09:50."</p></Notice>
        <Inset><p>"Đăng ký khai sinh trước 60 ngày là đúng hạn. Cháu đã 75 ngày; vẫn đăng ký được."</p></Inset>
        <ConfirmationPanel title="Đã nộp lúc 09:45 ngày 23/11/2026">
            <p>"Mã tạm: "<span class="code">"T-261123-0042"</span></p>
            <p>"Trung tâm xem và trả lời trước 17:00 thứ Tư, 25/11/2026."</p>
        </ConfirmationPanel>
        <Empty words="Chưa có hồ sơ nào. Tìm thủ tục để bắt đầu.">
            <LinkButton href="#" kind=ButtonKind::Secondary glyph=Glyph::Search>"Tìm thủ tục"</LinkButton>
        </Empty>
        <Confirm
            title="Rút hồ sơ H15.50.05.13-261123-0007?"
            action="#"
            confirm_words="Rút hồ sơ"
            cancel_href="#"
            cancel_words="Giữ lại"
        >
            <p>"Hồ sơ dừng lại và giấy tờ được trả. Không lấy lại được."</p>
        </Confirm>
    }
    .into_any()
}

fn staff() -> AnyView {
    let nav = view! {
            <SideNav label="Mục chính">
                <SideNavItem href="#" glyph=Glyph::List words="Việc cần làm" count="12" current=true />
                <SideNavItem href="#" glyph=Glyph::Envelope words="Chờ tiếp nhận" count="5" />
                <SideNavItem href="#" glyph=Glyph::PaperTick words="Chờ ký" count="3" />
                <SideNavItem href="#" glyph=Glyph::Hand words="Trả kết quả" />
                <SideNavItem href="#" glyph=Glyph::Banknote words="Phí, lệ phí" />
                <SideNavItem href="#" glyph=Glyph::Chart words="Báo cáo" />
                <SideNavItem href="#" glyph=Glyph::Users words="Cán bộ" />
            </SideNav>
    }
    .into_any();
    view! {
        <SkipLink words="Đến nội dung chính" />
        <DemoBand words="Bản trình diễn — không phải cổng của cơ quan nhà nước" />
        <StaffBar home_href="#" agency="Một cửa xã Xuân Lãnh">
            <SearchBox
                id="tra"
                action="#"
                label="Tìm hồ sơ"
                label_hidden=true
                value="H15.50.05.13-2611"
                button="Tìm"
            />
            <div class="staff-menu">
                <span>"Hờ Thị Lan · Tiếp nhận"</span>
                <Button kind=ButtonKind::Quiet>"Đăng xuất"</Button>
            </div>
        </StaffBar>
        <StaffMain nav=nav>
            <PageTitle title="Việc cần làm" caption="Thứ Hai, 23/11/2026">
                <Tag tone=Tone::Error glyph=Glyph::Warning words="1 hồ sơ quá hạn" />
            </PageTitle>
            {staff_list()}
            {staff_dossier()}
        </StaffMain>
    }
    .into_any()
}

fn staff_list() -> AnyView {
    let columns = vec![
        Column::hidden("Chọn"),
        Column::new("Mã hồ sơ"),
        Column::new("Thủ tục"),
        Column::new("Người nộp hồ sơ"),
        Column::new("Trạng thái"),
        Column::new("Ngày hẹn trả"),
        Column::numeric("Còn lại"),
    ];
    let rows = [
        ("0007", "Đăng ký khai sinh", "So Minh Thứ", Tone::Info, Glyph::Clock, "Đang xử lý", "27/11/2026", "3 ngày"),
        (
            "0008",
            "Chứng thực bản sao từ bản chính",
            "Mang Thị Xuân",
            Tone::Info,
            Glyph::Envelope,
            "Chờ tiếp nhận",
            "23/11/2026",
            "4 giờ",
        ),
        (
            "0003",
            "Hưởng trợ cấp xã hội hằng tháng",
            "H'Ƀlŭ Ksơr Niê",
            Tone::Warn,
            Glyph::PaperPlus,
            "Yêu cầu bổ sung giấy tờ",
            "30/11/2026",
            "Tạm dừng",
        ),
        (
            "0001",
            "Xác nhận tình trạng hôn nhân",
            "Nguyễn Hoàng Phương Thảo Nguyên",
            Tone::Info,
            Glyph::Clock,
            "Đang xử lý",
            "19/11/2026",
            "Quá hạn 2 ngày",
        ),
    ]
    .into_iter()
    .enumerate()
    .map(|(index, (code, name, person, tone, glyph, words, due, left))| {
        view! {
            <Row selected={index == 1}>
                <Cell><input type="checkbox" checked={index == 1} aria-label=format!("Chọn hồ sơ {code}") /></Cell>
                <Cell heading=true><a href="#" class="code">{format!("H15.50.05.13-261123-{code}")}</a></Cell>
                <Cell label="Thủ tục">{name}</Cell>
                <Cell label="Người nộp hồ sơ">{person}</Cell>
                <Cell label="Trạng thái"><Tag tone=tone glyph=glyph words=words /></Cell>
                <Cell label="Ngày hẹn trả">{due}</Cell>
                <Cell label="Còn lại" numeric=true>{left}</Cell>
            </Row>
        }
    })
    .collect_view();
    view! {
        <StatRow>
            <Stat label="Chờ tiếp nhận" value="5" href="#" />
            <Stat label="Đúng hạn" value="90,9%" fraction="1.458/1.604" note="từ đầu năm" />
            <Stat label="Sắp đến hạn" value="2" note="trong hôm nay" />
            <Stat label="Quá hạn" value="1" />
        </StatRow>
        <FilterBar label="Lọc hồ sơ" action="#">
            <TextField id="f-ma" label="Mã hoặc họ tên" width=16 />
            <Select id="f-tt" label="Trạng thái" blank="Tất cả" options=vec![Choice::new("1", "Chờ tiếp nhận")] />
            <Select id="f-lv" label="Lĩnh vực" blank="Tất cả" options=vec![Choice::new("1", "Hộ tịch")] />
            <Button kind=ButtonKind::Secondary glyph=Glyph::Filter>"Lọc"</Button>
            <LinkButton href="#" kind=ButtonKind::Quiet>"Bỏ lọc"</LinkButton>
        </FilterBar>
        <Table caption="Hồ sơ chờ tôi" columns=columns>{rows}</Table>
        <Pager label="Các trang" previous_words="Trước" next_href="#" next_words="Tiếp theo" position="1–4 trong 12 hồ sơ" />
        <BarChart
            caption="Hồ sơ theo lĩnh vực, tháng 11/2026"
            label_head="Lĩnh vực"
            figure_head="Số hồ sơ"
            bars=vec![
                Bar::new("Chứng thực", 212.0, "212").href("#"),
                Bar::new("Hộ tịch", 96.0, "96"),
                Bar::new("Bảo trợ xã hội", 31.0, "31"),
                Bar::new("Đất đai", 4.0, "4"),
            ]
        />
    }
    .into_any()
}

fn staff_dossier() -> AnyView {
    view! {
        <Section id="ho-so" title="H15.50.05.13-261123-0008 · Chứng thực bản sao">
            <TwoPane>
                <Pane label="Giấy tờ" sticky=true>
                    <h3>"Giấy tờ"</h3>
                    <UploadedList label="Giấy tờ của hồ sơ">
                        <UploadedFile name="Bản chính bằng tốt nghiệp" href="#" detail="PDF · 2 trang · 1,1 MB" />
                        <UploadedFile name="Ảnh mặt trước thẻ căn cước" href="#" detail="JPG · 0,6 MB" warning="Ảnh hơi mờ." />
                    </UploadedList>
                </Pane>
                <Pane label="Nội dung khai">
                    <h3>"Nội dung khai"</h3>
                    <SummaryList>
                        <SummaryRow label="Người nộp hồ sơ">"Mang Thị Xuân"</SummaryRow>
                        <SummaryRow label="Số định danh" change_href="#" change_words="Hiện đầy đủ">"0540••••••56"</SummaryRow>
                        <SummaryRow label="Số bản">"3"</SummaryRow>
                    </SummaryList>
                    <Notice tone=Tone::Paused title="Tạm dừng tính hạn">
                        <p>"Từ 10:02 ngày 23/11/2026, chờ người dân bổ sung."</p>
                    </Notice>
                    <Radios
                        id="kq"
                        legend="Kiểm tra giấy tờ"
                        options=vec![Choice::new("du", "Đủ và hợp lệ"), Choice::new("thieu", "Cần bổ sung").hint("Nêu từng giấy tờ còn thiếu")]
                    />
                    <TextArea id="gc" label="Ghi chú nội bộ" rows=2 />
                </Pane>
            </TwoPane>
        </Section>
        <ActionBar label="Việc với hồ sơ" words="Hẹn trả: 17:00 hôm nay · còn 4 giờ">
            <Button kind=ButtonKind::Secondary>"Yêu cầu bổ sung "<Kbd key="B" /></Button>
            <Button>"Tiếp nhận "<Kbd key="T" /></Button>
        </ActionBar>
    }
    .into_any()
}
