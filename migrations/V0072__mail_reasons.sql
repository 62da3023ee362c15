-- Why a mail waits or was not sent is a word with its values; sentences are made for each reader. The brake reads its number from here.
update mail_channel set reason = replace(replace(reason, 'more than ', '=brake|'), ' mails in one hour', '')
 where reason like 'more than % mails in one hour';
update outbox set reason = replace(replace(reason, 'more than ', '=brake|'), ' mails in one hour', '')
 where reason like 'more than % mails in one hour';
