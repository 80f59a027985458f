"""Small files of output by country, right or wrong in one place, for the tests of their readers."""

from __future__ import annotations

USGS_2025 = (
    "SOURCE,COMMODITY,COUNTRY,TYPE,UNIT_MEAS,PROD_2023,PROD_EST_ 2024,PROD_NOTES,RESERVES_2024\n"
    'MCS2025,Cobalt,Congo (Kinshasa),"Mine production, cobalt content",metric tons,"175,000",220000,,6000000\n'
    'MCS2025,Cobalt,Canada ,"Mine production, cobalt content",metric tons,4300,W,,220000\n'
    'MCS2025,Cobalt,Other countries,"Mine production, cobalt content",metric tons,20000,22000,,\n'
    "MCS2025,Cobalt,World total (rounded),Mine production,metric tons,199000,290000,,11000000\n"
    "MCS2025,Gold,Ghana,Mine production,metric tons,130,140,Estimated.,1000\n"
    "MCS2025,Gallium,China,Primary production,kilograms,600000,750000,,\n"
    'MCS2025,Lithium,Chile,"Mine production, contained lithium",metric tons,41000,49000,,\n'
    'MCS2025,Chromium,South Africa,"Mine production, marketable chromite ore",thousand metric tons,20000,21000,,\n'
)
USGS_2024 = (
    "Source,Country,Type,Prod_t_2022,Prod_t_est_2023,Prod_notes,Reserves_t,Reserves_notes\n"
    "MCS2024,United States,Mine production,500,500,,69000,\n"
    "MCS2024,Congo (Kinshasa)7,Mine production,144000,170000,,6000000,\n"
    "MCS2024,World total (rounded),Mine production,145000,171000,,11000000,\n"
)
USGS_2024_NAME = "mcs2024-cobal_world.csv"
USGS_2026 = (
    "MCS chapter,Section,Commodity,Country,Statistics,Statistics_detail,Unit,Year,Value,Notes,"
    "Is critical mineral 2025,Other notes\n"
    "COPPER,World Mine Production and Reserves,Copper,Chile,Production,Mine production,thousand metric tons,"
    '2025_estimated,"5,300",,Yes,\n'
    "COPPER,World Mine Production and Reserves,Copper,Chile,Production,Mine production,thousand metric tons,"
    '2024,"5,510",,Yes,\n'
    "COPPER,World Mine Production and Reserves,Copper,Chile,Production,Refinery production,thousand metric tons,"
    '2024,"1,900",,Yes,\n'
    "COPPER,World Mine Production and Reserves,Copper,Chile,Reserves,Reserves,thousand metric tons,"
    '2025_estimated,"190,000",,Yes,\n'
    "COPPER,Salient Statistics—United States,Copper,United States,Production,Mine production,thousand metric tons,"
    "2021,W,,Yes,\n"
    "PLATINUM-GROUP METALS,World Mine Production and Reserves,Platinum,South Africa,Production,Mine production,"
    'kilograms,2024,"120,000",Estimated.,Yes,\n'
)
BGS = (
    "bgs_commodity_trans,bgs_sub_commodity_trans,bgs_statistic_type_trans,country_trans,country_iso2_code,"
    "country_iso3_code,year,quantity,units,data_precision_description,concat_figure_notes_text\n"
    '"cobalt, mine",,Production,"Congo, Democratic Republic",CD,COD,2022-01-01T00:00:00Z,111309,'
    "tonnes (metal content),Normal Value,\n"
    '"cobalt, mine",,Production,Congo,CG,COD,2022-01-01T00:00:00Z,10,tonnes (metal content),Normal Value,\n'
    '"cobalt, mine",,Production,Japan,JP,JPN,2022-01-01,0,tonnes (metal content),Nil (nothing produced),\n'
    '"cobalt, mine",,Production,Morocco,MA,MAR,2022-01-01,,tonnes (metal content),Figures not available,\n'
    '"gold, mine",,Production,Ghana,GH,GHA,2022-01-01 00:00:00,130000,kilograms,Normal Value,Estimated\n'
    '"gold, mine",,Imports,Ghana,GH,GHA,2022-01-01 00:00:00,130000,kilograms,Normal Value,\n'
    "manganese ore,,Production,Ghana,GH,GHA,2022-01-01,130000,tonnes (metric),Normal Value,\n"
    "asbestos,Chrysotile,Production,Russia,RU,RUS,2022-01-01,700000,tonnes (metric),Normal Value,\n"
    "asbestos,Amosite,Production,Russia,RU,RUS,2022-01-01,500,tonnes (metric),Normal Value,\n"
    '"copper, mine",,Production,German Federal Republic,DE,DEU,1985-01-01,500,tonnes (metal content),Normal Value,\n'
)
