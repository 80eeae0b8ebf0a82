package dev.gatun.formats.torch;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names in the order people expect: the numbers in them as numbers, {@code mlp.10} behind {@code mlp.9}. */
final class NaturalNames {

    static final Comparator<String> ORDER = NaturalNames::compare;

    private static final Pattern PIECE = Pattern.compile("\\d{1,18}|\\D+");

    private NaturalNames() {}

    private static int compare(String left, String right) {
        Matcher ofLeft = PIECE.matcher(left);
        Matcher ofRight = PIECE.matcher(right);
        while (ofLeft.find()) {
            if (!ofRight.find()) {
                return 1;
            }
            int order = comparePieces(ofLeft.group(), ofRight.group());
            if (order != 0) {
                return order;
            }
        }
        return ofRight.find() ? -1 : left.compareTo(right);
    }

    private static int comparePieces(String left, String right) {
        boolean areNumbers = Character.isDigit(left.charAt(0)) && Character.isDigit(right.charAt(0));
        return areNumbers ? Long.compare(Long.parseLong(left), Long.parseLong(right)) : left.compareTo(right);
    }
}
