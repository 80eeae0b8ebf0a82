package dev.gatun.layers.type.category;

import dev.gatun.layers.IntegerLookup;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.OutputMode;
import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.layers.onnx.OnnxValue;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An {@link IntegerLookup} as ONNX nodes, which find a number among the sorted ones by halving. A number that none has an id for,
 * where unknown ones have none, leads outside of the table of ids, which engines refuse.
 *
 * @param layer its options
 * @param call  takes the nodes
 */
record LookupNodes(IntegerLookup layer, OnnxCall call) {

    String output() {
        EncodingNodes encoding = new EncodingNodes(layer.outputMode(), layer.ids(), call);
        String codes = layer.isInverted() ? tokens(encoding.ids()) : codes(encoding.ids());
        if (layer.outputMode() != OutputMode.INT) {
            return encoding.output(codes);
        }
        OnnxValue mask = call.arguments().mask();
        String counted = mask == null ? codes : call.node("Where", mask.name(), codes, call.constants(0));
        return call.cast(counted, OnnxType.INT32);
    }

    private String codes(String x) {
        List<Integer> tokens = layer.tokens();
        int[] order = IntStream.range(0, tokens.size()).boxed().sorted(Comparator.comparing(tokens::get))
                .mapToInt(Integer::intValue).toArray();
        int size = Integer.highestOneBit(Math.max(1, 2 * tokens.size() - 1));
        long[] sorted = new long[size];
        long[] ids = new long[size];
        Arrays.fill(sorted, Long.MAX_VALUE);
        for (int i = 0; i < order.length; i++) {
            sorted[i] = tokens.get(order[i]);
            ids[i] = layer.firstToken() + (long) order[i];
        }
        String table = call.constants(sorted);
        String place = call.node("Sub", x, x);
        for (int half = size / 2; half > 0; half /= 2) {
            String next = call.node("Add", place, call.constants(half));
            place = call.node("Where", call.node("LessOrEqual", call.node("Gather", table, next), x), next, place);
        }
        String isKnown = call.node("Equal", call.node("Gather", table, place), x);
        String known = call.node("Gather", call.constants(ids), layer.oovIndices() > 0
                ? place
                : call.node("Where", countsAsKnown(isKnown, x), place, call.constants(size)));
        String code = layer.oovIndices() == 0 ? known : call.node("Where", isKnown, known, unknown(x));
        return layer.maskToken().isEmpty()
                ? code
                : call.node("Where", isMask(x), call.constants(layer.outputMode() == OutputMode.INT ? 0 : layer.ids()),
                        code);
    }

    private String isMask(String x) {
        return call.node("Equal", x, call.constants(layer.maskToken().orElseThrow()));
    }

    /** The mask token is not in the table, and needs no id there; nor does what stands under a mask. */
    private String countsAsKnown(String isKnown, String x) {
        String known = layer.maskToken().isEmpty() ? isKnown : call.node("Or", isKnown, isMask(x));
        OnnxValue mask = call.arguments().mask();
        return mask == null ? known : call.node("Or", known, call.node("Not", mask.name()));
    }

    private String unknown(String x) {
        String remainder = call.node("Mod", x, call.constants(layer.oovIndices()));
        return call.node("Add", remainder, call.constants(layer.firstOov()));
    }

    /** The way back, from ids to numbers. */
    private String tokens(String x) {
        int[] tokens = Vocabulary.tokens(layer);
        String table = call.constants(Arrays.stream(tokens).asLongStream().toArray());
        String within = call.node("And", call.node("GreaterOrEqual", x, call.constants(0)),
                call.node("Less", x, call.constants(tokens.length)));
        String place = call.node("Where", within, x, call.constants(0));
        return call.node("Where", within, call.node("Gather", table, place), call.constants(layer.oovToken()));
    }
}
