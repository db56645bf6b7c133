-- What identity providers know an account as: its owner sees it on the account's page, and takes it back.
CREATE INDEX identity_links_of_accounts ON identity_links (account_id);
