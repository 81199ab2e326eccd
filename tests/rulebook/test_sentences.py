"""Sentences of an article that begin like a label, a plea, a credit or a form are left where they are by safe fixes."""

import pytest

import lintnews

ABOVE = """The second dry summer in a row has emptied the silos along the river, and millers say that they can't go on.

Farmers had warned of this outcome since May, when the first wells ran dry and the seedlings in the north died."""
BELOW = """The council will vote on the plan in March, after engineers have measured how far the cracks in the bridge have spread.

The mill has burnt three times in its long life, and each time the valley has built it up again with its own hands."""
SENTENCES = """\
Watch for falling rocks on the pier road, the harbour master says.
Share your umbrella with a stranger, the poet writes.
Read more than you write, she tells her pupils.
Subscribe to the theory that rivers remember, and you will like this book.
Photos of the wreck were published by two papers on Monday.
Image is everything, the old mayor used to say.
Follow the money, as the auditors did, and you end at the mill.
Sign up for our letter, and we will tell you when the mill opens again.
Updated on Monday, the list now holds nine names.
Written by hand in 1788, the ledger is kept in the mill.
Comments made by the mayor drew applause.
By the time the ferry came, the harbour was dark.
Advertising on the ferry is forbidden.
Support us or leave us alone, the farmers shouted.
Donate blood at the town hall on Friday from nine to five.
Download the form from the council's website before Friday.
Contact the harbour office on 555-0142 to reserve a place.
Click here, the screen said, and he did.
Copyright law, the judge said, protects the miller's songs.
This story was told to me by my grandmother.
All rights reserved for the mill passed to the town in 1911.
Tags on the trees show which are to be felled.
Like many on the island, he has a boat.
Join us, they said, and we did.
Buy now and pay later has come to the valley's shops.
Via the coast road, the trip takes nine hours.
Picture a river without a bridge, and you have the valley of 1788.
Video from a drone shows the cracks in the pier.
Credit for the idea goes to the ferryman's wife.
The bank cut its rate to 3 percent, the lowest in two years, and markets rose. (Reuters)
Prices fell for a third month as harvests came in, the ministry's figures show. (AP)
More on this below.
See the table for the harvests of nine years.
You can follow the ferry's course on a map that the port puts on its website.
To read the letters is to meet a man who loved his mill.
Learn more about wheat, the teacher told the children, and you will eat less of it.
By submitting to the court's order, the firm agreed to sell its privacy business.
Cookies are baked on Friday, and the whole street smells of them.
Search for the missing boat ended at dusk.
Print is not dead, the editor of the valley's only weekly insists.
Previous owners had let the wheel rot.
Skip to the end if you must, but the middle has the jokes.
Enter your name in the book at the pier, and the ferry will wait.
Related costs have doubled since May.
Most read the notice and went home.
About the author little is known but his name.
Reporting by the council was late.
Editing by hand takes three weeks a reel.
We may earn less this year than our fathers did in 1911.
Our readers support the ferry: nine in ten would pay a dollar a month to keep it.
The company was founded in 1971, has its head office in Alder and employs 640 people in nine countries.
She can be reached only by boat in winter.
John Hale is on Instagram now, and the miller's cat has its own page there.
I cover the pots at night so that the frost won't take the seedlings, and have done so for nine years.
A post shared by both farms marks the line.
View this from the bridge, and you see the whole valley."""


@pytest.mark.parametrize("sentence", SENTENCES.split("\n"))
def test_a_sentence_between_paragraphs_stays(sentence: str) -> None:
    text = f"{ABOVE}\n\n{sentence}\n\n{BELOW}\n"
    assert lintnews.clean(text, select=["boilerplate"]).text == text


@pytest.mark.parametrize("sentence", SENTENCES.split("\n"))
def test_a_sentence_at_the_end_stays(sentence: str) -> None:
    text = f"{ABOVE}\n\n{BELOW}\n\n{sentence}\n"
    assert lintnews.clean(text, select=["boilerplate"]).text == text
