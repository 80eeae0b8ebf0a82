package dev.gatun.tests.attack;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a refusal must be: one sentence of ours. A text that only the JVM, or a library, would write is none. */
public final class Sentence {

    private static final List<Pattern> FOREIGN = List.of(
            Pattern.compile("(^|: |\\()null\\)?[.;]?$"),
            Pattern.compile("\\bIndex -?\\d+ out of bounds"),
            Pattern.compile("out of bounds for (length|byte|limit)"),
            Pattern.compile("\\bRange \\[|\\bindex out of (range|bounds)|\\bcheckIndex\\b"),
            Pattern.compile("Cannot (invoke|read|load|store|throw|assign|enter) .*\"|because \".*\" is null"),
            Pattern.compile(
                    "\\b(java|javax|jdk|sun|com\\.sun|com\\.fasterxml|io\\.jhdf|dev\\.gatun)(\\.\\w+)*\\.[A-Z]\\w+"),
            Pattern.compile("\\b[A-Z]\\w+(Exception|Error)\\b"),
            Pattern.compile("\\bclass [\\w.$]+ cannot be cast\\b"),
            Pattern.compile("\\w+@[0-9a-f]{5,}\\b"),
            Pattern.compile("\\bJava heap space\\b|\\bAlready closed\\b|\\bSource: |newPosition|newLimit"),
            Pattern.compile("\\bNegative\\w*(Array)?Size|^-?\\d+$|\\binternal error\\b|capacity: -?\\d+"),
            Pattern.compile("\\[row,col|through reference chain"));

    private Sentence() {}

    /** Why this message is none of ours; empty if it is. */
    public static Optional<String> fault(String message) {
        if (message == null || message.isBlank()) {
            return Optional.of("no message");
        }
        if (message.lines().count() != 1) {
            return Optional.of("not one line");
        }
        if (message.length() > 2_000) {
            return Optional.of("a message of " + message.length() + " characters");
        }
        return FOREIGN.stream().filter(pattern -> pattern.matcher(message).find()).findFirst()
                .map(pattern -> "holds the JVM's text " + pattern);
    }
}
