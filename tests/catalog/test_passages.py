"""What a description answers: the number that is asked for, else the words that are asked about; nothing else."""

import pytest

from dangol.catalog import passages, words


def answers(question, description, title=""):
    return passages.answering(question, words.sentences(description), title)


CHAIR = "무게 1.1kg, 하중 120kg까지. 컵꽂이 있음."
BOTTLE = "Insulated steel. Keeps cold 24 h, hot 12 h. BPA-free. Holds 32 oz."
LANTERN = "최대 600루멘. 10,000mAh 배터리. 보조배터리로도 써요. IPX4."


@pytest.mark.parametrize(
    ("question", "description", "told"),
    [
        ("how many pages is it", "A novel. 384 pages.", "384 pages."),
        ("how heavy is it", "Free-standing. 3.9 lb packed.", "3.9 lb packed."),
        ("how long does it keep stuff hot", BOTTLE, "Keeps cold 24 h, hot 12 h."),
        ("bpa free?", BOTTLE, "BPA-free."),
        ("how much does it hold", BOTTLE, "Holds 32 oz."),
        ("is it ok for my 2 year old", "30 marbles. Not for children under 3.", "Not for children under 3."),
        ("i am allergic to latex, is that ok", "6 mm thick. Contains latex.", "Contains latex."),
        ("how tall is it", "Two litres. 22 cm high.", "22 cm high."),
        ("몇 키로까지 버텨요?", CHAIR, "무게 1.1kg, 하중 120kg까지."),
        ("컵꽂이 있나요", CHAIR, "컵꽂이 있음."),
        ("몇루멘이에요", LANTERN, "최대 600루멘."),
        ("보조배터리로 쓸수있나요?", LANTERN, "보조배터리로도 써요."),
        ("물은 얼마나 자주 줘요", "높이 60cm. 물은 일주일에 한 번.", "물은 일주일에 한 번."),
        ("몇개월부터 써요", "실리콘. 6개월 이상.", "6개월 이상."),
        ("몇 도까지 쓸 수 있어요", "오리털. 영하 10도까지.", "영하 10도까지."),
        ("한 팩에 몇 장이에요", "무향. 100매씩 10팩.", "100매씩 10팩."),
    ],
)  # fmt: skip
def test_the_sentence_that_answers(question, description, told):
    assert answers(question, description)[:1] == [told]


@pytest.mark.parametrize(
    ("question", "description"),
    [
        ("팔걸이 있나요", CHAIR),
        ("햇빛 많이 필요해요?", "높이 60cm. 물은 일주일에 한 번."),
        ("how many colors are there", BOTTLE),
        ("does it leak", BOTTLE),
        ("how heavy is it", BOTTLE.replace("Holds 32 oz.", "")),
        ("is it good for my dog", "Soft plush. Machine washable."),
        ("몇 인용이에요", "무게 6.5kg, 내수압 3,000mm."),
        ("", BOTTLE),
    ],
)
def test_what_is_not_written_is_not_answered(question, description):
    assert answers(question, description) == []


def test_the_title_is_no_answer_of_its_own():
    assert answers("is the camp chair foldable", "A chair for camp sites.", "Camp Chair") == []


@pytest.mark.parametrize(
    ("question", "sentences", "told"),
    [
        ("is it thick", ["Contains latex.", "6 mm natural rubber, 5.5 lb."], "6 mm natural rubber, 5.5 lb."),
        (
            "how thick is the mattress",
            ["58 inches wide.", "Mattress 5 inches thick."],
            "Mattress 5 inches thick.",
        ),
        ("is the puzzle good for a 4 yo", ["100 large pieces.", "Ages 5+."], "Ages 5+."),
        ("how many can play", ["Strategy game.", "2-4 players, 60 minutes."], "2-4 players, 60 minutes."),
        ("온풍기 전기 많이 먹나요", ["무게 1.4kg.", "소비전력 600W."], "소비전력 600W."),
        ("도수 몇도에요", ["냉장 10일.", "알코올 6%."], "알코올 6%."),
        (
            "땅콩 알러지 있는데 소스 괜찮나요",
            ["보통 매운맛.", "땅콩을 쓰는 시설에서 만들어요."],
            "땅콩을 쓰는 시설에서 만들어요.",
        ),
    ],
)
def test_numbers_and_harm_asked_in_passing_words(question, sentences, told):
    assert passages.answering(question, sentences, "고추장 소스")[0] == told
