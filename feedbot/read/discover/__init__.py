"""Which links of a listing lead to articles, and what the listing says of each.

    page ──anchors──▶ links ──cards──▶ cards ──reading──▶ what they show ──evidence──▶ scores

links       the way from a page to its links, as above
anchors     the links of a page, and what each of them calls the page that it leads to
cards       what the page shows of one article, told from what it shows of the next
reading     headline, teaser and time of a card
addresses   what an address says, and its form
families    links that are alike in their place on the page
evidence    the clues, their weights, and what they add up to
own_list    which list the page is for, and which only stand beside it
learning    what the pages turned out to be, remembered for the next visit
onward      the next page of a listing, and other listings of the site
named       what the site calls itself
embedded    lists that a page holds for machines, where it shows no links
"""
