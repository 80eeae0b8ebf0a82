package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.tensors.NumberType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What queries find at keys, and the turning of both by their places. */
final class AttentionOperator {

    static final List<Operator> OPERATORS = List.of(
            Operator.of("Attention").slow().from(23).inputs(3, 6)
                    .with("is_causal", "kv_num_heads", "q_num_heads", "qk_matmul_output_mode", "scale", "softcap",
                            "softmax_precision")
                    .makesAll(call -> new AttentionOperator(call).run()),
            Operator.of("RotaryEmbedding").from(23).inputs(3, 4)
                    .with("interleaved", "num_heads", "rotary_embedding_dim").makes(RotaryOperator::turned));

    private static final int AFTER_SOFTCAP = 1;
    private static final int WITH_MASK = 2;
    private static final int AFTER_SOFTMAX = 3;

    private final OperatorCall call;
    private final NumberArray q;
    private final NumberArray k;
    private final NumberArray v;
    private final NumberArray mask;
    private final int past;

    /** Queries, keys and values as [B, heads, T, size], past ones before keys and values. */
    private AttentionOperator(OperatorCall call) {
        this.call = call;
        NumberArray pastKey = call.optional(4);
        NumberArray pastValue = call.optional(5);
        if ((pastKey == null) != (pastValue == null)) {
            throw new IllegalArgumentException("it has one of past_key and past_value, expected both or none");
        }
        this.q = heads(call.input(0), "q_num_heads");
        NumberArray newKey = heads(call.input(1), "kv_num_heads");
        NumberArray newValue = heads(call.input(2), "kv_num_heads");
        this.k = pastKey == null ? newKey : Joining.joined(List.of(pastKey, newKey), 2);
        this.v = pastValue == null ? newValue : Joining.joined(List.of(pastValue, newValue), 2);
        this.past = pastKey == null ? 0 : pastKey.size(2);
        this.mask = call.optional(3);
        boolean fits = q.size(0) == k.size(0) && q.size(3) == k.size(3) && k.size(2) == v.size(2)
                && k.size(0) == v.size(0) && k.size(1) == v.size(1) && k.size(1) > 0 && q.size(1) % k.size(1) == 0;
        if (!fits || !q.type().isFloating() || k.type() != q.type() || v.type() != q.type()) {
            throw new IllegalArgumentException("its queries, keys and values are " + q + ", " + k + " and " + v
                    + ", expected floating numbers of one type, of as many samples, query heads that are a multiple of the others,"
                    + " and keys as long as the queries and as many as the values");
        }
    }

    private NumberArray heads(NumberArray given, String attribute) {
        if (given.rank() == 4) {
            return given;
        }
        long heads = call.node().whole(attribute, 0);
        if (given.rank() != 3 || heads < 1 || given.size(2) % heads != 0) {
            throw new IllegalArgumentException("it has " + given + " and " + heads + " heads (" + attribute
                    + "), expected [B, heads, T, size] or [B, T, heads * size]");
        }
        return Movement.transposed(
                given.in(given.size(0), given.size(1), (int) heads, (int) (given.size(2) / heads)), 0, 2, 1, 3);
    }

    private List<NumberArray> run() {
        int queries = q.size(2);
        int keys = k.size(2);
        int group = q.size(1) / k.size(1);
        int[] shape = {q.size(0), q.size(1), queries, keys};
        double[] told = new double[call.makes(3) ? Storage.count(shape) : 0];
        int width = v.size(3);
        Object made = Storage.of(q.type(), Storage.count(q.size(0), q.size(1), queries, width));
        NumberArray turned = Movement.transposed(k, 0, 1, 3, 2);
        MatrixProduct ofKeys = new MatrixProduct(queries, q.size(3), keys);
        MatrixProduct ofValues = new MatrixProduct(queries, keys, width);
        Masks masks = new Masks(shape);
        for (int block = 0; block < q.size(0) * q.size(1); block++) {
            int other = block / q.size(1) * k.size(1) + block % q.size(1) / group;
            Object products = Storage.of(q.type(), Storage.count(queries, keys));
            ofKeys.write(q.numbers(), block * queries * q.size(3), turned.numbers(), other * keys * q.size(3), products,
                    0);
            double[] scores = Storage.doubles(Storage.value(q.type(), new int[] {queries, keys}, products));
            weigh(scores, block, masks, told);
            NumberArray shares = Storage.rounded(q.type(), new int[] {queries, keys}, scores);
            ofValues.write(shares.numbers(), 0, v.numbers(), other * keys * width, made, block * queries * width);
        }
        NumberArray y = Storage.fitted(q.type(), new int[] {q.size(0), q.size(1), queries, width}, made);
        List<NumberArray> all = new ArrayList<>();
        all.add(call.input(0).rank() == 4
                ? y
                : Movement.transposed(y, 0, 2, 1, 3).in(q.size(0), queries, q.size(1) * width));
        all.add(k);
        all.add(v);
        if (call.makes(3)) {
            all.add(Storage.rounded(q.type(), shape, told));
        }
        return all;
    }

    /** Products to shares; a query that sees nothing has none. */
    private void weigh(double[] scores, int block, Masks masks, double[] told) {
        double scale = call.node().has("scale") ? call.node().real("scale", 1) : 1 / Math.sqrt(q.size(3));
        double cap = call.node().real("softcap", 0);
        long mode = call.node().whole("qk_matmul_output_mode", 0);
        int keys = k.size(2);
        double[] row = new double[keys];
        for (int query = 0; query < q.size(2); query++) {
            boolean seesAny = false;
            for (int key = 0; key < keys; key++) {
                int at = query * keys + key;
                double product = scores[at] * scale;
                double capped = cap > 0 ? cap * Math.tanh(product / cap) : product;
                double bias = masks.bias(block, query, key);
                seesAny |= bias != Double.NEGATIVE_INFINITY;
                row[key] = bias == Double.NEGATIVE_INFINITY ? bias : capped + bias;
                if (told.length > 0 && mode < AFTER_SOFTMAX) {
                    told[block * scores.length + at] = mode == WITH_MASK
                            ? row[key]
                            : mode == AFTER_SOFTCAP ? capped : product;
                }
            }
            if (seesAny) {
                Softmaxes.softmax(row);
            } else {
                Arrays.fill(row, 0);
            }
            System.arraycopy(row, 0, scores, query * keys, keys);
            if (told.length > 0 && mode == AFTER_SOFTMAX) {
                System.arraycopy(row, 0, told, block * scores.length + query * keys, keys);
            }
        }
    }

    /** What is added before the softmax; a mask may end before the keys do, the rest is not seen. */
    private final class Masks {
        private final boolean isCausal = call.node().whole("is_causal", 0) != 0;
        private final int[] strides = new int[4];
        private final int length;

        Masks(int... shape) {
            this.length = mask == null ? 0 : mask.rank() == 0 ? 1 : mask.size(mask.rank() - 1);
            int[] own = mask == null ? new int[0] : Strides.of(mask.shape());
            for (int back = 1; back <= own.length; back++) {
                int size = mask.size(own.length - back);
                boolean isShorter = back == 1 && size < shape[3];
                if (own.length > 4 || size != 1 && size != shape[4 - back] && !isShorter) {
                    throw new IllegalArgumentException("its mask is " + mask + ", expected one that fits "
                            + Arrays.toString(shape));
                }
                strides[4 - back] = size == 1 ? 0 : own[own.length - back];
            }
        }

        double bias(int block, int query, int key) {
            if (isCausal && key > query + past) {
                return Double.NEGATIVE_INFINITY;
            }
            if (mask == null) {
                return 0;
            }
            if (key >= length && length > 1) {
                return Double.NEGATIVE_INFINITY;
            }
            int at = block / q.size(1) * strides[0] + block % q.size(1) * strides[1] + query * strides[2]
                    + key * strides[3];
            double number = mask.number(at);
            return mask.type() != NumberType.BOOL ? number : number != 0 ? 0 : Double.NEGATIVE_INFINITY;
        }
    }
}
