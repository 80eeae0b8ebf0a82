package dev.gatun.formats.tensors;

import static dev.gatun.formats.FormatException.quote;

import dev.gatun.formats.FormatException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The text of an .npy header, such as {@code {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }}: a Python
 * dictionary of exactly these three keys in any order. Read by hand, never evaluated.
 */
final class NpyHeader {

    private final Object file;
    private final String text;
    private int next;

    private String descr;
    private boolean fortranOrder;
    private long[] shape;

    private NpyHeader(Object file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * @param descr        such as {@code <f4}
     * @param fortranOrder whether the first axis is the innermost in the file
     * @param shape        sizes, not negative
     */
    record Parsed(String descr, boolean fortranOrder, long[] shape) {}

    /** @throws FormatException with {@link NpyProblem#BAD_HEADER}, or what {@code descr} is refused for */
    static Parsed parse(Object file, String text) throws FormatException {
        NpyHeader header = new NpyHeader(file, text);
        header.dictionary();
        return new Parsed(header.descr, header.fortranOrder, header.shape);
    }

    private void dictionary() throws FormatException {
        Set<String> seen = new HashSet<>();
        expect('{');
        while (!accept('}')) {
            String key = string();
            if (!seen.add(key)) {
                throw bad("the key " + quote(key) + " stands twice");
            }
            expect(':');
            switch (key) {
                case "descr" -> descr = descr();
                case "fortran_order" -> fortranOrder = truth();
                case "shape" -> shape = tuple();
                default -> throw bad("the key " + quote(key) + " is not known");
            }
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        blanks();
        if (next < text.length()) {
            throw bad("something follows the dictionary");
        }
        if (seen.size() < 3) {
            throw bad("expected descr, fortran_order and shape, got " + seen);
        }
    }

    private String descr() throws FormatException {
        blanks();
        if (next < text.length() && text.charAt(next) == '[') {
            throw new FormatException(file, NpyProblem.UNSUPPORTED_TYPE,
                    "holds records with named fields, which are not"
                            + " read as numbers; save each field as an array of its own");
        }
        return string();
    }

    private String string() throws FormatException {
        blanks();
        char mark = next < text.length() ? text.charAt(next) : ' ';
        if (mark != '\'' && mark != '"') {
            throw bad("expected a string at character " + next);
        }
        int end = text.indexOf(mark, next + 1);
        if (end < 0) {
            throw bad("the string at character " + next + " does not end");
        }
        String value = text.substring(next + 1, end);
        if (value.indexOf('\\') >= 0) {
            throw bad("the string " + quote(value) + " has a backslash");
        }
        next = end + 1;
        return value;
    }

    private boolean truth() throws FormatException {
        blanks();
        boolean isTrue = text.startsWith("True", next);
        if (!isTrue && !text.startsWith("False", next)) {
            throw bad("fortran_order is neither True nor False");
        }
        next += isTrue ? 4 : 5;
        return isTrue;
    }

    private long[] tuple() throws FormatException {
        long[] sizes = new long[Safetensors.MOST_AXES];
        int count = 0;
        boolean comma = false;
        expect('(');
        while (!accept(')')) {
            if (count == sizes.length) {
                throw bad("the shape has more than " + sizes.length + " axes");
            }
            sizes[count++] = number();
            comma = accept(',');
            if (!comma) {
                expect(')');
                break;
            }
        }
        if (count == 1 && !comma) {
            throw bad("the shape is a number in brackets, expected a tuple such as (3,)");
        }
        return Arrays.copyOf(sizes, count);
    }

    private long number() throws FormatException {
        blanks();
        int start = next;
        while (next < text.length() && text.charAt(next) >= '0' && text.charAt(next) <= '9') {
            next++;
        }
        String digits = text.substring(start, next);
        if (digits.isEmpty()) {
            throw bad("expected a size of at least 0 at character " + start);
        }
        if (next < text.length() && text.charAt(next) == 'L') {
            next++; // Python 2 wrote 3L.
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLarge) {
            throw new FormatException(file, NpyProblem.SIZE_OVERFLOW, "the size " + quote(digits)
                    + " does not fit 63 bits;"
                    + " save the array again");
        }
    }

    private boolean accept(char expected) {
        blanks();
        if (next < text.length() && text.charAt(next) == expected) {
            next++;
            return true;
        }
        return false;
    }

    private void expect(char expected) throws FormatException {
        if (!accept(expected)) {
            throw bad("expected '" + expected + "' at character " + next);
        }
    }

    private void blanks() {
        while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\n')) {
            next++;
        }
    }

    private FormatException bad(String reason) {
        return new FormatException(file, NpyProblem.BAD_HEADER, "the header is not understood: " + reason
                + "; save the array again with numpy.save");
    }
}
