-- A refused message whose resident heard of it in another way: how, in the words of who told them.
ALTER TABLE messages ADD COLUMN told_how TEXT;
