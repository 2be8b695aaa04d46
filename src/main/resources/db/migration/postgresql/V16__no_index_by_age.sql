-- Old conversations are found by their ids, which begin with the time. This index was written with each question.

drop index conversation_age;
