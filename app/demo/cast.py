"""Everybody in the demo and its deals: three industries, one plan in German, one deal with no next step."""

from app.account.tables import Role
from app.demo.brightpack import BRIGHTPACK
from app.demo.harzer import HARZER
from app.demo.nordwind import NORDWIND
from app.demo.velotrade import VELOTRADE

COMPANY = "Ledgerline"
PRODUCTS = "invoice approval, approval trail"
TIME_ZONE = "Europe/Berlin"
BEGAN = -30

PASSWORD = "only-for-the-demo"
MARIA = "maria@ledgerline.example"
SELLERS = (
    ("Maria Keller", MARIA, Role.ADMIN),
    ("Tom Reyes", "tom@ledgerline.example", Role.SELLER),
)

# The buyer whose link is printed: his plan has a step in every status.
READER = "Jonas Weber"
DEALS = (VELOTRADE, HARZER, BRIGHTPACK, NORDWIND)
# The deal in the middle of the private cycle: one call debriefed, the next one being prepared.
PREPARED = NORDWIND
