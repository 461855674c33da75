/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_INIT_LIKERT_WORDS_H
#define ANALYSIS_INIT_LIKERT_WORDS_H

/* Answers in words as survey tools offer them, each wording from its lowest answer to its
   highest: X(language, what is asked, answers).  '|' stands between the answers, '/' between
   spellings of one.  The wordings are those of the question libraries and answer templates of
   the survey programs (agreement after Likert 1932), in this project's own collection.  Of
   wordings that fit alike the first one counts. */
#define LIKERT_LIST(X)                                                                                \
    /* ---- English ---- */                                                                           \
    X(en, agreement,                                                                                  \
      "Strongly disagree|Disagree|Neither agree nor disagree/Neutral/Undecided/Neither agree or "     \
      "disagree/No opinion either way|Agree|Strongly agree")                                          \
    X(en, agreement,                                                                                  \
      "Strongly disagree|Somewhat disagree|Neither agree nor disagree/Neutral|Somewhat "              \
      "agree|Strongly agree")                                                                         \
    X(en, agreement,                                                                                  \
      "Strongly disagree|Disagree|Somewhat disagree/Slightly disagree|Neither agree nor "             \
      "disagree/Neutral|Somewhat agree/Slightly agree|Agree|Strongly agree")                          \
    X(en, agreement,                                                                                  \
      "Completely disagree|Mostly disagree|Slightly disagree|Neither agree nor "                      \
      "disagree/Neutral|Slightly agree|Mostly agree|Completely agree")                                \
    X(en, agreement, "Strongly disagree|Disagree|Agree|Strongly agree")                               \
    X(en, satisfaction,                                                                               \
      "Very dissatisfied/Very unsatisfied|Dissatisfied/Unsatisfied|Neither satisfied nor "            \
      "dissatisfied/Neutral/Neither dissatisfied nor satisfied|Satisfied|Very satisfied")             \
    X(en, satisfaction,                                                                               \
      "Very dissatisfied/Extremely dissatisfied|Somewhat dissatisfied|Neither satisfied nor "         \
      "dissatisfied/Neutral|Somewhat satisfied|Very satisfied/Extremely satisfied")                   \
    X(en, satisfaction,                                                                               \
      "Extremely dissatisfied|Moderately dissatisfied|Slightly dissatisfied|Neither satisfied "       \
      "nor dissatisfied/Neutral|Slightly satisfied|Moderately satisfied|Extremely satisfied")         \
    X(en, satisfaction,                                                                               \
      "Very dissatisfied|Dissatisfied|Somewhat dissatisfied|Neither satisfied nor "                   \
      "dissatisfied/Neutral|Somewhat satisfied|Satisfied|Very satisfied")                             \
    X(en, satisfaction,                                                                               \
      "Not at all satisfied|Not so satisfied/Slightly satisfied/Not very satisfied|Somewhat "         \
      "satisfied/Moderately satisfied|Very satisfied|Extremely satisfied")                            \
    X(en, satisfaction, "Very dissatisfied|Dissatisfied|Satisfied|Very satisfied")                    \
    X(en, likelihood,                                                                                 \
      "Very unlikely|Unlikely|Neither likely nor unlikely/Neutral/Neither unlikely nor "              \
      "likely/Undecided/Not sure|Likely|Very likely")                                                 \
    X(en, likelihood,                                                                                 \
      "Extremely unlikely/Very unlikely|Somewhat unlikely/Rather unlikely|Neither likely nor "        \
      "unlikely/Neutral|Somewhat likely/Rather likely|Extremely likely/Very likely")                  \
    X(en, likelihood,                                                                                 \
      "Extremely unlikely|Moderately unlikely|Slightly unlikely|Neither likely nor "                  \
      "unlikely/Neutral|Slightly likely|Moderately likely|Extremely likely")                          \
    X(en, likelihood,                                                                                 \
      "Not at all likely|Not so likely/Slightly likely/Not very likely|Somewhat "                     \
      "likely/Moderately likely|Very likely|Extremely likely")                                        \
    X(en, intention,                                                                                  \
      "Definitely will not/Definitely would not/Definitely will not buy/Definitely would not "        \
      "buy|Probably will not/Probably would not/Probably will not buy/Probably would not buy|"        \
      "Might or might not/May or may not/Might or might not buy|Probably will/Probably "              \
      "would/Probably will buy/Probably would buy|Definitely will/Definitely would/Definitely "       \
      "will buy/Definitely would buy")                                                                \
    X(en, intention,                                                                                  \
      "Definitely not|Probably not|Might or might not/Unsure|Probably yes/Probably|"                  \
      "Definitely yes/Definitely")                                                                    \
    X(en, frequency,                                                                                  \
      "Never|Rarely/Seldom|Sometimes/Occasionally|Often/Usually/Frequently/Very "                     \
      "often|Always")                                                                                 \
    X(en, frequency,                                                                                  \
      "Never|Rarely|Sometimes|About half the time|Often|Usually/Most of the time|"                    \
      "Always")                                                                                       \
    X(en, frequency, "Never|Sometimes|About half the time|Most of the time|Always")                   \
    X(en, quality,                                                                                    \
      "Very poor/Terrible/Very bad|Poor/Bad|Fair/Average/Acceptable/Neither good nor "                \
      "bad|Good|Very good/Excellent")                                                                 \
    X(en, quality, "Poor|Fair|Good|Very good|Excellent")                                              \
    X(en, quality, "Terrible|Poor|Average|Good|Excellent")                                            \
    X(en, extent,                                                                                     \
      "Not at all|Slightly/A little/A little bit|Moderately/Somewhat|Very/Quite a "                   \
      "bit/Considerably|Extremely/Very much/Completely")                                              \
    X(en, importance,                                                                                 \
      "Not at all important|Slightly important/Not so important|Moderately important/Somewhat "       \
      "important|Very important|Extremely important")                                                 \
    /* ---- German ---- */                                                                            \
    X(de, agreement,                                                                                  \
      "Stimme überhaupt nicht zu/Stimme gar nicht zu/Trifft überhaupt nicht zu/Trifft gar nicht "   \
      "zu|Stimme nicht zu/Stimme eher nicht zu/Trifft eher nicht zu/Lehne ab/Trifft nicht zu|"        \
      "Teils, teils/Teils teils/Weder noch/Neutral/Stimme weder zu noch lehne ich "                   \
      "ab/Unentschieden|Stimme zu/Stimme eher zu/Trifft eher zu|Stimme voll und ganz zu/Stimme "      \
      "voll zu/Stimme vollkommen zu/Stimme völlig zu/Trifft voll und ganz zu/Trifft voll "           \
      "zu/Trifft zu")                                                                                 \
    X(de, agreement,                                                                                  \
      "Trifft nicht zu/Stimme nicht zu|Trifft eher nicht zu/Stimme eher nicht zu|Teils, "             \
      "teils/Teils teils/Weder noch/Neutral|Trifft eher zu/Stimme eher zu|Trifft zu/Trifft voll "     \
      "zu/Stimme zu/Stimme voll zu")                                                                  \
    X(de, agreement,                                                                                  \
      "Stimme überhaupt nicht zu|Stimme nicht zu|Stimme eher nicht zu|Teils, teils/Weder "           \
      "noch/Neutral|Stimme eher zu|Stimme zu|Stimme voll und ganz zu/Stimme voll zu")                 \
    X(de, satisfaction,                                                                               \
      "Sehr unzufrieden|Unzufrieden/Eher unzufrieden/Etwas unzufrieden|Weder zufrieden noch "         \
      "unzufrieden/Teils, teils/Teils teils/Neutral/Weder noch|Zufrieden/Eher zufrieden/Etwas "       \
      "zufrieden|Sehr zufrieden")                                                                     \
    X(de, satisfaction,                                                                               \
      "Sehr unzufrieden|Unzufrieden|Eher unzufrieden|Weder zufrieden noch unzufrieden/Teils, "        \
      "teils/Neutral|Eher zufrieden|Zufrieden|Sehr zufrieden")                                        \
    X(de, satisfaction,                                                                               \
      "Überhaupt nicht zufrieden/Gar nicht zufrieden|Wenig zufrieden/Nicht sehr "                    \
      "zufrieden/Weniger zufrieden|Teilweise zufrieden/Mäßig zufrieden/Einigermaßen zufrieden|"    \
      "Zufrieden/Ziemlich zufrieden|Sehr zufrieden/Äußerst zufrieden")                                \
    X(de, likelihood,                                                                                 \
      "Sehr unwahrscheinlich|Unwahrscheinlich/Eher unwahrscheinlich|Weder wahrscheinlich noch "       \
      "unwahrscheinlich/Teils, teils/Neutral/Vielleicht|Wahrscheinlich/Eher wahrscheinlich|Sehr "     \
      "wahrscheinlich")                                                                               \
    X(de, likelihood,                                                                                 \
      "Sehr unwahrscheinlich|Unwahrscheinlich|Eher unwahrscheinlich|Weder wahrscheinlich noch "       \
      "unwahrscheinlich/Teils, teils/Neutral|Eher wahrscheinlich|Wahrscheinlich|Sehr "                \
      "wahrscheinlich")                                                                               \
    X(de, intention,                                                                                  \
      "Bestimmt nicht/Auf keinen Fall/Ganz sicher nicht/Sicher nicht|Wahrscheinlich nicht/Eher "      \
      "nicht|Vielleicht/Unentschieden|Wahrscheinlich/Eher ja/Wahrscheinlich ja|Ganz "                 \
      "bestimmt/Bestimmt/Auf jeden Fall/Ganz sicher/Sicher")                                          \
    X(de, frequency,                                                                                  \
      "Nie/Niemals|Selten|Manchmal/Gelegentlich/Hin und wieder|Oft/Häufig/Meistens|"                 \
      "Immer/Sehr oft/Sehr häufig")                                                                   \
    X(de, quality,                                                                                    \
      "Sehr schlecht|Schlecht/Eher schlecht|Mittelmäßig/Teils, "                                    \
      "teils/Mittel/Befriedigend|Gut/Eher gut|Sehr gut")                                              \
    X(de, marks, "Ungenügend|Mangelhaft|Ausreichend|Befriedigend|Gut|Sehr gut")                       \
    X(de, marks, "Nicht genügend|Genügend|Befriedigend|Gut|Sehr gut")                                 \
    /* ---- French ---- */                                                                            \
    X(fr, agreement,                                                                                  \
      "Pas du tout d'accord/Tout à fait en désaccord/Fortement en désaccord|Pas d'accord/Plutôt " \
      "pas d'accord/En désaccord/Plutôt en désaccord|Ni d'accord ni pas d'accord/Ni en accord ni " \
      "en désaccord/Ni d'accord, ni pas d'accord/Neutre/Sans opinion|D'accord/Plutôt "              \
      "d'accord/En accord|Tout à fait d'accord/Fortement d'accord/Tout à fait en accord")             \
    X(fr, agreement,                                                                                  \
      "Pas du tout d'accord|Pas d'accord|Plutôt pas d'accord|Ni d'accord ni pas d'accord/Neutre|"    \
      "Plutôt d'accord|D'accord|Tout à fait d'accord")                                                \
    X(fr, satisfaction,                                                                               \
      "Très insatisfait/Très insatisfaite/Pas du tout satisfait/Pas du tout satisfaite/Très "      \
      "insatisfait(e)/Pas du tout satisfait(e)|Insatisfait/Insatisfaite/Plutôt insatisfait/Peu "     \
      "satisfait/Plutôt insatisfait(e)/Insatisfait(e)/Peu satisfait(e)/Pas satisfait|Ni "            \
      "satisfait "                                                                                    \
      "ni insatisfait/Ni satisfaite ni insatisfaite/Ni satisfait(e) ni "                              \
      "insatisfait(e)/Neutre/Moyennement satisfait|Satisfait/Satisfaite/Plutôt "                     \
      "satisfait/Satisfait(e)/Plutôt satisfait(e)/Plutôt satisfaite|Très satisfait/Très "         \
      "satisfaite/Très satisfait(e)/Tout à fait satisfait/Extrêmement satisfait")                     \
    X(fr, likelihood,                                                                                 \
      "Très improbable/Très peu probable/Pas du tout probable|Improbable/Peu probable/Plutôt "     \
      "improbable|Ni probable ni improbable/Neutre|Probable/Plutôt probable/Assez probable|Très "   \
      "probable/Extrêmement probable")                                                                \
    X(fr, intention,                                                                                  \
      "Certainement pas/Sûrement pas|Probablement pas|Peut-être|Probablement/Probablement oui|"     \
      "Certainement/Sûrement/Certainement oui")                                                       \
    X(fr, frequency,                                                                                  \
      "Jamais|Rarement|Parfois/Quelquefois/De temps en temps|Souvent|"                                \
      "Toujours/Très souvent")                                                                        \
    X(fr, quality,                                                                                    \
      "Très mauvais/Très mauvaise|Mauvais/Mauvaise|Moyen/Moyenne/Passable|Bon/Bonne|"               \
      "Très bon/Très bonne/Excellent/Excellente")                                                     \
    /* ---- Spanish ---- */                                                                           \
    X(es, agreement,                                                                                  \
      "Totalmente en desacuerdo/Muy en desacuerdo|En desacuerdo/Algo en desacuerdo|Ni de acuerdo "    \
      "ni en desacuerdo/Neutral/Indiferente|De acuerdo/Algo de acuerdo|Totalmente de acuerdo/Muy "    \
      "de acuerdo")                                                                                   \
    X(es, agreement,                                                                                  \
      "Totalmente en desacuerdo|En desacuerdo|Algo en desacuerdo|Ni de acuerdo ni en "                \
      "desacuerdo/Neutral|Algo de acuerdo|De acuerdo|Totalmente de acuerdo")                          \
    X(es, satisfaction,                                                                               \
      "Muy insatisfecho/Muy insatisfecha|"                                                            \
      "Insatisfecho/Insatisfecha/Algo insatisfecho/Poco satisfecho|Ni satisfecho ni "                 \
      "insatisfecho/Ni satisfecha ni insatisfecha/Neutral/Indiferente|Satisfecho/Satisfecha/Algo "    \
      "satisfecho|Muy satisfecho/Muy satisfecha")                                                     \
    X(es, likelihood,                                                                                 \
      "Muy improbable/Nada probable|Improbable/Poco probable/Algo improbable|Ni probable ni "         \
      "improbable/Neutral|Probable/Algo probable/Bastante probable|Muy probable/Extremadamente "      \
      "probable")                                                                                     \
    X(es, intention,                                                                                  \
      "Definitivamente no/Seguro que no|Probablemente no|Tal vez/Quizás/Quizá|Probablemente "       \
      "sí/Probablemente|Definitivamente sí/Seguro que sí/Definitivamente")                            \
    X(es, frequency,                                                                                  \
      "Nunca|Rara vez/Casi nunca/Raramente|A veces/Algunas veces|A menudo/Casi "                      \
      "siempre/Frecuentemente/Con frecuencia|Siempre")                                                \
    X(es, quality,                                                                                    \
      "Muy malo/Muy mala/Pésimo|Malo/Mala|Regular|Bueno/Buena|Muy bueno/Muy "                        \
      "buena/Excelente")                                                                              \
    /* ---- Dutch ---- */                                                                             \
    X(nl, agreement,                                                                                  \
      "Helemaal niet mee eens/Helemaal mee oneens/Zeer mee oneens/Volledig mee oneens|Niet mee "      \
      "eens/Mee oneens/Oneens|Niet mee eens, niet mee oneens/Neutraal/Noch mee eens, noch mee "       \
      "oneens/Niet eens, niet oneens|Mee eens/Eens|Helemaal mee eens/Zeer mee eens/Volledig mee "     \
      "eens")                                                                                         \
    X(nl, agreement,                                                                                  \
      "Helemaal mee oneens|Mee oneens|Enigszins mee oneens/Beetje mee oneens|Neutraal/Niet mee "      \
      "eens, niet mee oneens|Enigszins mee eens/Beetje mee eens|Mee eens|Helemaal mee eens")          \
    X(nl, satisfaction,                                                                               \
      "Zeer ontevreden/Heel ontevreden|Ontevreden|Niet tevreden, niet ontevreden/Niet tevreden "      \
      "en niet ontevreden/Neutraal/Noch tevreden, noch ontevreden|Tevreden|Zeer tevreden/Heel "       \
      "tevreden")                                                                                     \
    X(nl, likelihood,                                                                                 \
      "Zeer onwaarschijnlijk/Heel onwaarschijnlijk|Onwaarschijnlijk|Niet waarschijnlijk, niet "       \
      "onwaarschijnlijk/Neutraal|Waarschijnlijk|Zeer waarschijnlijk/Heel waarschijnlijk")             \
    X(nl, intention,                                                                                  \
      "Zeker niet|Waarschijnlijk niet|Misschien|Waarschijnlijk wel/Waarschijnlijk|"                   \
      "Zeker wel/Zeker")                                                                              \
    X(nl, frequency, "Nooit|Zelden|Soms/Af en toe|Vaak/Meestal|Altijd/Zeer vaak")                     \
    X(nl, quality, "Zeer slecht|Slecht|Matig/Gemiddeld/Redelijk|Goed|Zeer goed/Uitstekend")

/* What people pick who do not answer: '|' stands between them. */
#define LIKERT_NO_ANSWER                                                                           \
    "Don't know|Do not know|I don't know|Don't know / not applicable|Don't know/Not applicable|"   \
    "Not applicable|Does not apply|N/A|NA|n.a.|Prefer not to say|Prefer not to answer|No answer|"  \
    "No opinion|Not sure / N/A|Can't say|Refused|Unsure / don't know|DK|Weiß nicht|Weiss nicht|"  \
    "Weiß ich nicht|Keine Angabe|Keine Antwort|k.A.|k. A.|kA|Keine Meinung|Kann ich nicht "       \
    "beurteilen|Nicht zutreffend|Trifft nicht auf mich zu|Entfällt|Möchte ich nicht sagen|Ne "   \
    "sais "                                                                                        \
    "pas|Je ne sais pas|Sans objet|Non applicable|Pas de réponse|Ne souhaite pas répondre|Sans " \
    "réponse|NSP|No sé|No sabe|No sabe / No contesta|NS/NC|No aplica|No procede|Prefiero no "    \
    "contestar|Sin respuesta|Weet niet|Weet ik niet|Niet van toepassing|n.v.t.|Geen antwoord|"     \
    "Geen mening|Wil ik niet zeggen"

#endif
