-- Earlier versions stored the answer of a model as the mock's until its end, and a server that
-- was killed left it so. The mock begins each of its answers, and of its thoughts, with the same
-- words: an answer that does not is a model's.

update message set source = 'OPENROUTER'
where source = 'MOCK' and model is null and state = 'INTERRUPTED'
	and ((content <> '' and left(content, 24) <> left('## This is a mock answer', char_length(content)))
		or (content = '' and reasoning <> ''
			and left(reasoning, 34) <> left('The message asks to see reasoning.', char_length(reasoning))));

-- Answers that were being written: what there is of them is in their parts.
update message set source = 'OPENROUTER'
where source = 'MOCK' and model is null and state = 'STREAMING' and exists (
	select 1 from answer_part p where p.message_id = message.id and p.number = 0
		and ((p.content <> '' and left(p.content, 24) <> left('## This is a mock answer', char_length(p.content)))
			or (p.content = '' and p.reasoning <> ''
				and left(p.reasoning, 34) <> left('The message asks to see reasoning.', char_length(p.reasoning)))));
