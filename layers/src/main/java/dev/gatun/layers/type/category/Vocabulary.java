package dev.gatun.layers.type.category;

import dev.gatun.layers.IntegerLookup;
import dev.gatun.layers.OutputMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The ids of an {@link IntegerLookup}, found by halving. */
final class Vocabulary implements TokenCodes {

    private final int[] sorted;
    private final int[] ids;
    private final int firstOov;
    private final int oovIndices;
    private final boolean hasMask;
    private final int maskToken;
    private final int maskCode;

    Vocabulary(IntegerLookup layer) {
        List<Integer> tokens = layer.tokens();
        int[] order = IntStream.range(0, tokens.size()).boxed().sorted(Comparator.comparing(tokens::get))
                .mapToInt(Integer::intValue).toArray();
        this.sorted = Arrays.stream(order).map(tokens::get).toArray();
        this.ids = Arrays.stream(order).map(place -> layer.firstToken() + place).toArray();
        this.firstOov = layer.firstOov();
        this.oovIndices = layer.oovIndices();
        this.hasMask = layer.maskToken().isPresent();
        this.maskToken = layer.maskToken().orElse(0);
        this.maskCode = layer.outputMode() == OutputMode.INT ? 0 : DROPPED;
    }

    @Override
    public int code(int token) {
        if (hasMask && token == maskToken) {
            return maskCode;
        }
        int at = Arrays.binarySearch(sorted, token);
        if (at >= 0) {
            return ids[at];
        }
        return oovIndices == 0 ? UNKNOWN : firstOov + Math.floorMod(token, oovIndices);
    }

    /** The way back: for each id its number. */
    static int[] tokens(IntegerLookup layer) {
        int[] tokens = new int[layer.ids()];
        Arrays.fill(tokens, layer.oovToken());
        if (layer.firstOov() == 1) {
            tokens[0] = layer.maskToken().orElseThrow();
        }
        List<Integer> own = layer.tokens();
        for (int i = 0; i < own.size(); i++) {
            tokens[layer.firstToken() + i] = own.get(i);
        }
        return tokens;
    }
}
