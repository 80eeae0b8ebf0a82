package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.Arrays;

/** Pairs of numbers turned by angles that their places in the sequence say. */
final class RotaryOperator {

    private RotaryOperator() {}

    /** [B, heads, T, size] or [B, T, heads * size]. */
    static NumberArray turned(OperatorCall call) {
        NumberArray given = call.input(0);
        boolean isFlat = given.rank() == 3;
        long heads = call.node().whole("num_heads", 0);
        if (given.rank() < 3 || given.rank() > 4 || isFlat && (heads < 1 || given.size(2) % heads != 0)) {
            throw new IllegalArgumentException("its input is " + given + " in " + heads + " heads (num_heads), expected"
                    + " [B, heads, T, size] or [B, T, heads * size]");
        }
        NumberArray x = isFlat
                ? given.in(given.size(0), given.size(1), (int) heads, (int) (given.size(2) / heads))
                : Movement.transposed(given, 0, 2, 1, 3);
        int size = x.size(3);
        long told = call.node().whole("rotary_embedding_dim", 0);
        if (told < 0 || told > size || told % 2 != 0 || told == 0 && size % 2 != 0) {
            throw new IllegalArgumentException(
                    "it turns " + told + " of " + size + " numbers, expected an even number");
        }
        int half = (int) (told == 0 ? size : told) / 2;
        int[] rows = rows(call, x);
        NumberArray cos = call.input(1);
        NumberArray sin = call.input(2);
        int most = Arrays.stream(rows).max().orElse(-1);
        boolean fits = cos.rank() > 0 && cos.size(cos.rank() - 1) == half && Arrays.equals(cos.shape(), sin.shape());
        if (!fits || (most + 1L) * half > cos.count()) {
            throw new IllegalArgumentException("its cosines and sines are " + cos + " and " + sin + ", expected " + half
                    + " numbers for each of " + (most + 1) + " places");
        }
        boolean isMixed = call.node().whole("interleaved", 0) != 0;
        double[] made = Storage.doubles(x).clone();
        for (int token = 0; token < rows.length; token++) {
            for (int head = 0; head < x.size(2); head++) {
                int start = (token * x.size(2) + head) * size;
                for (int i = 0; i < half; i++) {
                    int first = start + (isMixed ? 2 * i : i);
                    int other = isMixed ? first + 1 : first + half;
                    double c = cos.number(rows[token] * half + i);
                    double s = sin.number(rows[token] * half + i);
                    double real = c * made[first] - s * made[other];
                    made[other] = s * made[first] + c * made[other];
                    made[first] = real;
                }
            }
        }
        NumberArray turned = Storage.rounded(x.type(), x.shape(), made);
        return isFlat ? turned.in(given.shape()) : Movement.transposed(turned, 0, 2, 1, 3);
    }

    /** Of each sample and step, which row of the tables: its place if places are given, else its own. */
    private static int[] rows(OperatorCall call, NumberArray x) {
        int[] rows = new int[x.size(0) * x.size(1)];
        if (call.optional(3) == null) {
            Arrays.setAll(rows, i -> i);
            return rows;
        }
        long[] places = call.longs(3);
        if (places.length != rows.length) {
            throw new IllegalArgumentException("its position_ids are " + call.input(3) + ", expected one for each of "
                    + x.size(0) + " samples and " + x.size(1) + " steps");
        }
        int count = call.input(1).rank() == 0 ? 0 : call.input(1).size(0);
        Arrays.setAll(rows, i -> Gathering.index(places[i], count));
        return rows;
    }
}
