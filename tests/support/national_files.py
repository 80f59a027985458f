"""Small files of national trade statistics, right or wrong in one place, for the tests of their readers."""

from __future__ import annotations

PLUS = (
    "freqCode,refYear,period,reporterISO,flowCode,partnerISO,partner2Code,classificationCode,cmdCode,customsCode,"
    "motCode,netWgt,primaryValue,isAggregate"
)


def plus(*rows: str) -> str:
    """Comtrade+: rows as `reporter flow partner code kilograms dollars`, of 2022."""
    lines = []
    for row in rows:
        reporter, flow, partner, code, weight, value = row.split(" ")
        lines.append(f"A,2022,2022,{reporter},{flow},{partner} ,0,H6,{code},C00,0,{weight.strip('-')},{value},False")
    return "\n".join([PLUS, *lines]) + "\n"


CLASSIC = (
    "Classification,Year,Trade Flow,Reporter ISO,Partner ISO,Commodity Code,Netweight (kg),Trade Value (US$)\n"
    "H5,2021,Import,JPN,WLD,261100,3000,90\nH5,2021,Import,JPN,VNM,261100,3000,90\nH5,2021,Re-Export,JPN,VNM,261100,1,2\n"
)
JAPAN = (
    "Exp or Imp,Year,HS,Country,Unit1,Unit2,Quantity1-Year,Quantity2-Year,Value-Year,Quantity1-Jan,Quantity2-Jan,"
    "Value-Jan\n"
    "2,2022,'811292100,105,  ,KG,0,1500,263000,0,0,0\n"
    "2,2022,'811292200,105,  ,KG,0,500,131500,0,0,0\n"
    "2,2022,'261390000,409,  ,MT,0,900,1315000,0,0,0\n"
)
COMEXT = (
    "REPORTER,PARTNER,TRADE_TYPE,PRODUCT_NC,FLOW,PERIOD,VALUE_EUR,QUANTITY_KG\n"
    "DE,BR,E,28053010,1,202252,1000,20\nDE,BR,E,28053090,1,202252,3000,40\nDE,QP,E,28053090,1,202252,4,1\n"
)
