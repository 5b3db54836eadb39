"""Tables as programs and offices of many countries write them: what is read of each, and what is said."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pytest

from playground.files.text_to_table import Table, table_of

XY = {"x": [1, 2, 3], "y": [2, 3, 1]}


class Odd(NamedTuple):
    """A table as it is written, what stands in it, and what is said; None where a number is missing."""

    text: str
    columns: dict[str, list[Any]]
    said: str = ""  # keys of remarks
    encoding: str = "utf-8"
    name: str = "a.csv"


def only(values: list[Any]) -> dict[str, list[Any]]:
    return {"0": values}


ODD = {
    # ---- offices in other countries
    "German Excel": Odd(
        "Name;Größe\r\nAnna;1,70\r\nBernd;1,82\r\n",
        {"Name": ["Anna", "Bernd"], "Größe": [1.7, 1.82]},
        "encoding separator decimal",
        "cp1252",
    ),
    "French thousands": Odd(
        "Ville;Habitants\nParis;2\u202f148\u202f271\nLyon;516\u00a0092\n",
        {"Ville": ["Paris", "Lyon"], "Habitants": [2148271, 516092]},
        "separator thousands",
    ),
    "Swiss thousands": Odd(
        "Ort;n\nA;1’234\nB;12’345\n", {"Ort": ["A", "B"], "n": [1234, 12345]}, "separator thousands"
    ),
    "lakhs": Odd('city,n\nA,"12,34,567"\nB,"1,23,456"\n', {"city": ["A", "B"], "n": [1234567, 123456]}, "thousands"),
    "Chinese Excel": Odd(
        "城市;人口(万)\r\n北京;2154\r\n上海;2424\r\n",
        {"城市": ["北京", "上海"], "人口(万)": [2154, 2424]},
        "encoding separator",
        "gbk",
    ),
    "Taiwanese Excel": Odd(
        "姓名,身高\n張三豐,171\n李四光,165\n", {"姓名": ["張三豐", "李四光"], "身高": [171, 165]}, "encoding", "big5"
    ),
    "Japanese Excel": Odd(
        "日付,売上(円)\r\n2020/1/1,1200\r\n2020/1/2,1500\r\n",
        {"日付": ["2020/1/1", "2020/1/2"], "売上(円)": [1200, 1500]},
        "encoding dates",
        "cp932",
    ),
    "Korean Excel": Odd(
        "이름,키\n김철수,171\n이영희,165\n", {"이름": ["김철수", "이영희"], "키": [171, 165]}, "encoding", "euc-kr"
    ),
    "Russian Excel": Odd(
        "Город;Население\nМосква;12655050\nКазань;1257341\n",
        {"Город": ["Москва", "Казань"], "Население": [12655050, 1257341]},
        "encoding separator",
        "cp1251",
    ),
    "Polish Excel": Odd(
        "Miasto;n\nŁódź;672185\nKraków;779115\nGdańsk;470907\n",
        {"Miasto": ["Łódź", "Kraków", "Gdańsk"], "n": [672185, 779115, 470907]},
        "encoding separator",
        "cp1250",
    ),
    "Greek Excel": Odd(
        "Πόλη;n\nΑθήνα;664046\nΠάτρα;213984\n",
        {"Πόλη": ["Αθήνα", "Πάτρα"], "n": [664046, 213984]},
        "encoding separator",
        "cp1253",
    ),
    "Turkish Excel": Odd(
        "Şehir;n\nİzmir;43\nMuğla;10\nİstanbul;158\nAğrı;5\n",
        {"Şehir": ["İzmir", "Muğla", "İstanbul", "Ağrı"], "n": [43, 10, 158, 5]},
        "encoding separator",
        "cp1254",
    ),
    "Arabic Excel": Odd(
        "المدينة;n\nالقاهرة;9500\nدبي;3400\n",
        {"المدينة": ["القاهرة", "دبي"], "n": [9500, 3400]},
        "encoding separator",
        "cp1256",
    ),
    "Russian Unix": Odd(
        "Город;n\nМосква;12655050\nКазань;1257341\n",
        {"Город": ["Москва", "Казань"], "n": [12655050, 1257341]},
        "encoding separator",
        "koi8-r",
    ),
    "Japanese Unix": Odd(
        "都道府県,人口\n北海道,5224614\n東京都,14047594\n神奈川県,9237337\n",
        {"都道府県": ["北海道", "東京都", "神奈川県"], "人口": [5224614, 14047594, 9237337]},
        "encoding",
        "euc-jp",
    ),
    "errors of Excel": Odd("x,y\n1,#DIV/0!\n2,#VALUE!\n3,4\n", {"x": [1, 2, 3], "y": [None, None, 4]}, "blank_marks"),
    "bookkeepers": Odd('x,y\n"(1,234)",1\n(50),2\n7,3\n', {"x": [-1234, -50, 7], "y": [1, 2, 3]}, "brackets thousands"),
    # ---- signs of other scripts
    "full-width commas": Odd("身高，体重\n1，2\n3，4\n", {"身高": [1, 3], "体重": [2, 4]}, "wide"),
    "full-width semicolons": Odd(
        "姓名；身高\n张；1\n李；2\n", {"姓名": ["张", "李"], "身高": [1, 2]}, "wide separator"
    ),
    "full-width names": Odd("身高，体重\n1,2\n3,4\n5,6\n", {"身高": [1, 3, 5], "体重": [2, 4, 6]}, "wide"),
    "full-width digits": Odd("x,y\n１２．５,－２\n３,４\n", {"x": [12.5, 3], "y": [-2, 4]}, "digits"),
    "full-width all": Odd("身高，体重\n１，２\n３，４\n", {"身高": [1, 3], "体重": [2, 4]}, "digits wide"),
    "Arabic digits": Odd(
        "المدينة,السكان\nالقاهرة,٩٥٠٠\nدبي,٣٤٠٠\n", {"المدينة": ["القاهرة", "دبي"], "السكان": [9500, 3400]}, "digits"
    ),
    "Arabic decimals": Odd("x;y\n١٫٥;٢\n٢٫٥;٣\n", {"x": [1.5, 2.5], "y": [2, 3]}, "digits separator"),
    "Persian digits": Odd("x,y\n۱,۲\n۳,۴\n", {"x": [1, 3], "y": [2, 4]}, "digits"),
    "Arabic semicolons": Odd("x؛y\n1؛2\n3؛4\n", {"x": [1, 3], "y": [2, 4]}, "wide separator"),
    "hidden signs": Odd("x,y\n\u200b1,2\n2,3\n\ufeff3,1\n", XY, "hidden"),
    "Chinese enumerations": Odd("身高、体重\n1、2\n2、3\n", {"身高": [1, 2], "体重": [2, 3]}, "wide"),
    "full-width blanks": Odd("身高\u3000体重\n1\u30002\n2\u30003\n", {"身高": [1, 2], "体重": [2, 3]}, "wide blanks"),
    "full-width triples": Odd(
        "安，认识，波\n波，认识，丙\n", {"0": ["安", "波"], "1": ["认识", "认识"], "2": ["波", "丙"]}, "wide no_header"
    ),
    "commas within sentences": Odd(
        "id,text\n1,你好，世界\n2,早安，朋友\n", {"id": [1, 2], "text": ["你好，世界", "早安，朋友"]}
    ),
    "nothing but sentences": Odd(
        "你好，世界\n早安，朋友\n再见，夏天\n", only(["你好，世界", "早安，朋友", "再见，夏天"]), "no_header"
    ),
    "digits within words": Odd("楼,n\n１号,1\n２号,2\n", {"楼": ["１号", "２号"], "n": [1, 2]}),
    # ---- programs
    "R, write.table": Odd(
        '"x" "y" "g"\n"1" 1 2 "a b"\n"2" 2 3 "c"\n',
        {"0": [1, 2], "x": [1, 2], "y": [2, 3], "g": ["a b", "c"]},
        "blanks",
    ),
    "R, write.csv2": Odd(
        '"";"x"\n"1";1,5\n"2";NA\n"3";3,5\n', {"0": [1, 2, 3], "x": [1.5, None, 3.5]}, "separator decimal blank_marks"
    ),
    "MATLAB, dlmwrite": Odd(
        "   1.0e+00   2.0e+00\n   3.0e+00  -4.0e+00\n", {"0": [1, 3], "1": [2, -4]}, "blanks no_header", name="a.txt"
    ),
    "Octave": Odd(
        "# name: A\n# type: matrix\n# rows: 2\n# columns: 2\n 1 2\n 3 4\n\n\n",
        {"0": [1, 3], "1": [2, 4]},
        "comments blanks no_header",
        name="a.txt",
    ),
    "Fortran": Odd("x y\n1.5D+03 1\n2.5D-03 2\n", {"x": [1500, 0.0025], "y": [1, 2]}, "blanks", name="a.txt"),
    "Stata": Odd(
        "id,x,y\n1,1.5,.\n2,.,3\n3,4,5\n",
        {"id": [1, 2, 3], "x": [1.5, None, 4], "y": [None, 3, 5]},
        "blank_marks blank_marks",
    ),
    "MySQL": Odd("x\ty\n1\t\\N\n2\t3\n3\t1\n", {"x": [1, 2, 3], "y": [None, 3, 1]}, "tabs blank_marks"),
    "rows with a mark at their ends": Odd(
        "ID;T;eor\n 3; 5.7;eor\n 3;-999;eor\n 4;-999;eor\n 5; 6.1;eor\n",
        {"ID": [3, 3, 4, 5], "T": [5.7, -999, -999, 6.1], "eor": ["eor"] * 4},
        "separator far_number",
    ),
    "pandas, an index beside words": Odd(
        ",title,text\n8476,You Can,so it is\n10294,Watch,said they\n",
        {"0": [8476, 10294], "title": ["You Can", "Watch"], "text": ["so it is", "said they"]},
    ),
    "powers with a decimal comma": Odd(
        "a;b\n1,5E+03;2\n2,5E-02;3\n", {"a": [1500, 0.025], "b": [2, 3]}, "separator decimal"
    ),
    "Fortran, too wide": Odd("x,y\n1,***\n2,3\n3,1\n", {"x": [1, 2, 3], "y": [None, 3, 1]}, "blank_marks"),
    "pandas, printed": Odd(
        "      x    y\n0   1.0  2.5\n1   2.0  3.0\n..  ...  ...\n98  4.0  1.0\n\n[99 rows x 2 columns]\n",
        {"0": [0, 1, 98], "x": [1, 2, 4], "y": [2.5, 3, 1]},
        "dots blanks ragged",
    ),
    "Python, tuples": Odd(
        "(Ann, knows, Bob)\n(Bob, likes, Ann)\n",
        {"0": ["Ann", "Bob"], "1": ["knows", "likes"], "2": ["Bob", "Ann"]},
        "rows_bracketed no_header",
    ),
    "Python, tuples of numbers": Odd("(1, 2),\n(3, 4),\n", {"0": [1, 3], "1": [2, 4]}, "rows_bracketed no_header"),
    "arrows": Odd(
        "Ann -> knows -> Bob\nBob -> likes -> Ann\n",
        {"0": ["Ann", "Bob"], "1": ["knows", "likes"], "2": ["Bob", "Ann"]},
        "arrows no_header",
    ),
    "negative numbers alone": Odd('n\n"(1,234)"\n(50)\n', {"n": [-1234, -50]}, "brackets thousands"),
    "DOS": Odd("x,y\r\n1,2\r\n2,3\r\n3,1\r\n\x1a", XY),
    "MovieLens": Odd(
        "1::1193::5::97\n1::661::3::96\n1::914::3::95\n",
        {"0": [1, 1, 1], "1": [1193, 661, 914], "2": [5, 3, 3], "3": [97, 96, 95]},
        "two_colons no_header",
        name="a.dat",
    ),
    "Markdown": Odd("| x | y |\n|---|---|\n| 1 | 2 |\n| 2 | 3 |\n| 3 | 1 |\n", XY, "drawn separator columns_empty"),
    "a frame of lines": Odd(
        "+---+---+\n| x | y |\n+---+---+\n| 1 | 2 |\n| 2 | 3 |\n| 3 | 1 |\n+---+---+\n",
        XY,
        "drawn separator columns_empty",
    ),
    "reStructuredText": Odd(
        "=====  =====\n  x      y\n=====  =====\n  1      2\n  2      3\n  3      1\n=====  =====\n",
        XY,
        "drawn blanks",
    ),
    "bars between blanks": Odd("x | y\n1 | 2\n2 | 3\n3 | 1\n", XY, "separator"),
    "quotes around rows": Odd('"x,y"\n"1,2"\n"2,3"\n"3,1"\n', XY, "rows_quoted"),
    "single quotes": Odd(
        "x,who\n1,'a, b'\n2,'c'\n3,'d'\n", {"x": [1, 2, 3], "who": ["a, b", "c", "d"]}, "single_quotes"
    ),
    "single quotes around all": Odd("'x','y'\n'1','2'\n'2','3'\n'3','1'\n", XY, "single_quotes"),
    "apostrophes": Odd("who,n\nO'Brien,1\nd'Arc,2\n", {"who": ["O'Brien", "d'Arc"], "n": [1, 2]}),
    "blanks before quotes": Odd('x,   who\n1,   "a, b"\n2,   "c, d"\n', {"x": [1, 2], "who": ["a, b", "c, d"]}),
    "tabs beside words of several parts": Odd(
        "city name\tmean temp\train\nNew Town 1\t1.5\t2\nOld Town 2\t2.5\t3\n",
        {"city name": ["New Town 1", "Old Town 2"], "mean temp": [1.5, 2.5], "rain": [2, 3]},
        "tabs",
    ),
    "Chinese for nothing": Odd(
        "x,y\n1,空\n2,不详\n3,1\n未知,2\n", {"x": [1, 2, 3, None], "y": [None, None, 1, 2]}, "blank_marks blank_marks"
    ),
    # ---- heads
    "Weka": Odd(
        "% note\n@RELATION a\n\n@ATTRIBUTE 'sepal length' REAL\n@attribute class {a,b}\n\n@DATA\n5.1,a\n4.9,b\n?,'a'\n",
        {"sepal length": [5.1, 4.9, None], "class": ["a", "b", "a"]},
        "arff blank_marks",
        name="a.arff",
    ),
    "titles in the first cell": Odd(
        "数据库：年度数据,,\n时间：最近,,\n指标,2020年,2019年\n出生率,8.52,10.41\n死亡率,7.07,7.09\n数据来源：国家统计局,,\n",
        {"指标": ["出生率", "死亡率"], "2020年": [8.52, 7.07], "2019年": [10.41, 7.09]},
        "title foot",
    ),
    "a first row with gaps": Odd(
        "A,,\nB,1,2\nC,3,4\n", {"0": ["A", "B", "C"], "1": [None, 1, 3], "2": [None, 2, 4]}, "no_header"
    ),
    "names in two rows": Odd(
        "Site,Temp,Temp,Rain\n,min,max,\nA,1,2,3\nB,4,5,6\n",
        {"Site": ["A", "B"], "Temp min": [1, 4], "Temp max": [2, 5], "Rain": [3, 6]},
        "names_in_two_rows",
    ),
    "merged names": Odd(
        "City,2019,,2020,\n,m,f,m,f\nA,1,2,3,4\nB,5,6,7,8\n",
        {"City": ["A", "B"], "2019 m": [1, 5], "2019 f": [2, 6], "2020 m": [3, 7], "2020 f": [4, 8]},
        "names_in_two_rows",
    ),
    "pandas, names of two levels": Odd(
        ",a,a,b\n,x,y,x\n0,1,2,3\n1,4,5,6\n2,7,8,9\n",
        {"0": [0, 1, 2], "a x": [1, 4, 7], "a y": [2, 5, 8], "b x": [3, 6, 9]},
        "names_in_two_rows",
    ),
    # ---- what is no number, and what is no row
    "codes": Odd("zip,x\n01234,1\n02345,2\n90210,3\n", {"zip": ["01234", "02345", "90210"], "x": [1, 2, 3]}, "codes"),
    "codes far below": Odd(
        "zip,x\n" + "10115,1\n" * 200 + "01234,2\n", {"zip": ["10115"] * 200 + ["01234"], "x": [1] * 200 + [2]}, "codes"
    ),
    "codes far below, without names": Odd(
        "10115\tr\t20\n" * 200 + "007\tr\t007\n",
        {"0": ["10115"] * 200 + ["007"], "1": ["r"] * 201, "2": ["20"] * 200 + ["007"]},
        "tabs no_header codes codes",
    ),
    "padded numbers": Odd(
        "000 012 255\n001 002 003\n010 020 030\n",
        {"0": [0, 1, 10], "1": [12, 2, 20], "2": [255, 3, 30]},
        "blanks no_header",
    ),
    "numbers of people": Odd(
        "id,y\n110101199003071234,1\n110101199003075678,2\n",
        {"id": ["110101199003071234", "110101199003075678"], "y": [1, 2]},
        "codes",
    ),
    "typeset minus": Odd("x,y\n–1,2\n−2,3\n", {"x": [-1, -2], "y": [2, 3]}),
    "names that come again": Odd("x,y\n1,2\nx,y\n2,3\n3,1\n", XY, "names_again"),
    "blocks for gnuplot": Odd(
        "# a\n" + "1 2\n" * 10 + "\n\n# b\n" + "3 1\n",
        {"0": [1] * 10 + [3], "1": [2] * 10 + [1]},
        "comments blanks no_header",
        name="a.dat",
    ),
    "too large": Odd("x,y\n1e400,1\n2,3\n", {"x": ["1e400", "2"], "y": [1, 3]}, "beyond"),
    "a sum": Odd("x,y\n1,2\n3,4\nTotal,6\n", {"x": [1, 3], "y": [2, 4]}, "foot"),
    "a sum below names": Odd("地区,人数\n东,10\n西,20\n合计,30\n", {"地区": ["东", "西"], "人数": [10, 20]}, "foot"),
    "a sum and a note": Odd("name,n\nA,1\nB,2\nTotal,3\nSource: us,\n", {"name": ["A", "B"], "n": [1, 2]}, "foot"),
    "deviations": Odd("name,n\nA,1\nB,2\nMean,1.5\nStd. dev.,0.5\n", {"name": ["A", "B"], "n": [1, 2]}, "foot"),
    "a note in its cells": Odd("x,y\n1,2\n3,4\n5,6\n* estimated,\n", {"x": [1, 3, 5], "y": [2, 4, 6]}, "foot"),
    "a name like a sum": Odd("name,n\nTotal,1\nB,2\nTotal,3\n", {"name": ["Total", "B", "Total"], "n": [1, 2, 3]}),
    "a slip in the last row": Odd("x,y\n1,2\n2,3\n3,oops\n", {"x": [1, 2, 3], "y": ["2", "3", "oops"]}, "not_numbers"),
    "a Chinese office": Odd(
        "表1 人口\n单位：万人\n年份,总人口\n2018,140541\n2019,141008\n2020,141212\n2021,141260\n注：国家统计局\n",
        {
            "年份": [2018, 2019, 2020, 2021],
            "总人口": [140541, 141008, 141212, 141260],
        },
        "title ragged",
    ),
    "the World Bank": Odd(
        '"Data Source","WDI",\n\n"Country Name",Code,"1960","1961",\nAruba,ABW,"54211","55438",\nChad,TCD,3,4,\n',
        {"Country Name": ["Aruba", "Chad"], "Code": ["ABW", "TCD"], "1960": [54211, 3], "1961": [55438, 4]},
        "title columns_empty",
    ),
}


def plainly(table: Table) -> dict[str, list[Any]]:
    columns = {name: list(table.columns[name]) for name in table.names}
    return {name: [None if cell != cell else cell for cell in column] for name, column in columns.items()}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_table_is_read_as_it_is_meant(name: str) -> None:
    odd = ODD[name]
    table = table_of(odd.text.encode(odd.encoding), odd.name)
    assert plainly(table) == odd.columns
    assert " ".join(remark.key for remark in table.remarks) == odd.said
    assert all(isinstance(table.columns[own], tuple | np.ndarray) for own in table.names)


@pytest.mark.parametrize(("name", "line"), [("a sum", 4), ("a sum and a note", 4), ("a note in its cells", 5)])
def test_the_line_of_a_foot_is_said(name: str, line: int) -> None:
    (foot,) = (remark for remark in table_of(ODD[name].text.encode()).remarks if remark.key == "foot")
    assert foot.values["line"] == line
