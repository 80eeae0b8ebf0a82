package dev.gatun.tests.reference;

import dev.gatun.layers.AdditiveAttention;
import dev.gatun.layers.Attention;
import dev.gatun.layers.HeadedAttention;
import dev.gatun.layers.Layer;
import dev.gatun.layers.ScoreMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every kind of attention as its papers write it, on a {@link RefTape}.
 *
 * @param name  of the layer
 * @param layer its options
 * @param masks which steps count, and what is seen
 */
public record RefAttention(String name, Layer layer, Masks masks) implements RefGraph.Node {

    /**
     * Null for all.
     *
     * @param query     [B,T]
     * @param value     [B,S], of keys too
     * @param attention [B,T,S]
     */
    public record Masks(boolean[][] query, boolean[][] value, boolean[][][] attention) {
        /** Everything counts. */
        public static final Masks NONE = new Masks(null, null, null);
    }

    /** One run. */
    private final class Run {
        private final RefTape tape = new RefTape();
        private final Map<String, RefTensor> given;
        private final Map<String, int[]> weights = new LinkedHashMap<>();
        private final int zero = tape.given(0);
        private final int one = tape.given(1);

        Run(Map<String, RefTensor> given) {
            this.given = given;
        }

        int[] weight(String own) {
            return weights.computeIfAbsent("w/" + name + "/" + own,
                    full -> given.containsKey(full) ? tape.given(given.get(full).values()) : null);
        }

        int[][][] rows(RefTensor x, int[] numbers) {
            int[] shape = x.shape();
            int[][][] rows = new int[shape[0]][shape[1]][];
            for (int i = 0; i < shape[0] * shape[1]; i++) {
                rows[i / shape[1]][i % shape[1]] = Arrays.copyOfRange(numbers, i * shape[2], (i + 1) * shape[2]);
            }
            return rows;
        }

        int[] projected(String own, int[] x) {
            int[] kernel = weight(own + "/kernel");
            int[] bias = weight(own + "/bias");
            int[] y = new int[kernel.length / x.length];
            for (int i = 0; i < y.length; i++) {
                y[i] = bias == null ? zero : bias[i];
                for (int k = 0; k < x.length; k++) {
                    y[i] = tape.timesPlus(x[k], kernel[k * y.length + i], y[i]);
                }
            }
            return y;
        }

        int score(int[] q, int[] k) {
            int sum = zero;
            for (int i = 0; i < q.length; i++) {
                sum = switch (layer) {
                    case Attention dot when dot.scoreMode() == ScoreMode.DOT -> tape.timesPlus(q[i], k[i], sum);
                    case Attention concat -> tape.plus(sum, tanh(scaled(tape.plus(q[i], k[i]), concat.usesScale())));
                    case AdditiveAttention additive -> tape.timesPlus(tanh(tape.plus(q[i], k[i])),
                            additive.usesScale() ? weight("scale")[i] : one, sum);
                    default -> tape.timesPlus(q[i], k[i], sum);
                };
            }
            return switch (layer) {
                case Attention dot when dot.scoreMode() == ScoreMode.DOT -> scaled(sum, dot.usesScale());
                case Attention concat -> tape.times(sum, weight("concat_score_weight")[0]);
                case AdditiveAttention additive -> sum;
                default -> tape.times(sum, tape.given(1 / Math.sqrt(q.length)));
            };
        }

        private int scaled(int number, boolean isScaled) {
            return isScaled ? tape.times(number, weight("scale")[0]) : number;
        }

        private int tanh(int x) {
            return tape.of(RefActivation.TANH, x);
        }

        /** How much of each key, of those that are seen. */
        int[] shares(int[] scores, boolean[] seen, boolean blindSeeAll) {
            boolean blind = true;
            int sum = zero;
            int[] shares = new int[scores.length];
            for (int s = 0; s < scores.length; s++) {
                shares[s] = seen[s] ? tape.of(RefActivation.EXPONENTIAL, scores[s]) : zero;
                sum = tape.plus(sum, shares[s]);
                blind &= !seen[s];
            }
            if (blind) {
                Arrays.fill(shares, blindSeeAll ? tape.given(1.0 / scores.length) : zero);
                return shares;
            }
            int root = tape.inverseRoot(sum);
            int inverse = tape.times(root, root);
            for (int s = 0; s < scores.length; s++) {
                shares[s] = seen[s] ? tape.times(shares[s], inverse) : zero;
            }
            return shares;
        }

        int[] mean(int[] shares, int[][] values) {
            int[] mean = new int[values[0].length];
            Arrays.fill(mean, zero);
            for (int s = 0; s < shares.length; s++) {
                for (int i = 0; i < mean.length; i++) {
                    mean[i] = tape.timesPlus(shares[s], values[s][i], mean[i]);
                }
            }
            return mean;
        }
    }

    private boolean isCausal() {
        return Boolean.TRUE.equals(layer.config().get("use_causal_mask"));
    }

    private boolean[] seen(int b, int t, int keys) {
        boolean[] seen = new boolean[keys];
        int window = layer instanceof HeadedAttention<?> headed ? headed.slidingWindow().orElse(1000) : 1000;
        for (int s = 0; s < keys; s++) {
            seen[s] = (!isCausal() || s <= t) && Math.abs(s - t) < window
                    && (masks.value == null || masks.value[b][s])
                    && (masks.attention == null || masks.attention[b][t][s])
                    && (masks.query == null || masks.query[b][t] || !(layer instanceof HeadedAttention<?>));
        }
        return seen;
    }

    @Override
    public RefGraph.Step forward(List<RefTensor> inputs, boolean[][] none, Map<String, RefTensor> given) {
        Run run = new Run(given);
        List<int[]> read = inputs.stream().map(x -> run.tape.given(x.values())).toList();
        int keyAt = inputs.size() > 2 ? 2 : 1;
        int[][][] q = run.rows(inputs.get(0), read.get(0));
        int[][][] v = run.rows(inputs.get(1), read.get(1));
        int[][][] k = run.rows(inputs.get(keyAt), read.get(keyAt));
        HeadedAttention<?> headed = layer instanceof HeadedAttention<?> some ? some : null;
        int heads = headed == null ? 1 : headed.queryHeads();
        int shared = headed == null ? 1 : heads / headed.valueHeads();
        boolean blindSeeAll = headed == null || headed.dropout() == 0 && !headed.returnsAttentionScores();
        int[][] outputs = new int[q.length * q[0].length][];
        int[][][][] shares = new int[q.length][heads][q[0].length][];
        for (int b = 0; b < q.length; b++) {
            int[][] queries = each(q[b], headed == null ? null : "query", run);
            int[][] values = each(v[b], headed == null ? null : "value", run);
            int[][] keys = each(k[b], headed == null ? null : "key", run);
            for (int t = 0; t < queries.length; t++) {
                int[] together = new int[0];
                for (int head = 0; head < heads; head++) {
                    int[] query = part(queries[t], head, heads);
                    int[] scores = new int[keys.length];
                    int[][] ofHead = new int[keys.length][];
                    for (int s = 0; s < keys.length; s++) {
                        scores[s] = run.score(query, part(keys[s], head / shared, heads / shared));
                        ofHead[s] = part(values[s], head / shared, heads / shared);
                    }
                    shares[b][head][t] = run.shares(scores, seen(b, t, keys.length), blindSeeAll);
                    together = joined(together, run.mean(shares[b][head][t], ofHead));
                }
                if (headed == null && masks.query != null && !masks.query[b][t]) {
                    Arrays.fill(together, run.zero);
                }
                outputs[b * queries.length + t] = headed == null
                        ? together
                        : run.projected("attention_output", together);
            }
        }
        return step(run, inputs, read, outputs, shares);
    }

    private static int[][] each(int[][] rows, String projection, Run run) {
        return projection == null
                ? rows
                : Arrays.stream(rows).map(row -> run.projected(projection, row)).toArray(int[][]::new);
    }

    private static int[] part(int[] row, int head, int heads) {
        int width = row.length / heads;
        return Arrays.copyOfRange(row, head * width, (head + 1) * width);
    }

    private static int[] joined(int[] one, int[] other) {
        int[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private RefGraph.Step step(
            Run run, List<RefTensor> inputs, List<int[]> read, int[][] rows, int[][][][] shares) {
        int batch = inputs.getFirst().shape()[0];
        int time = inputs.getFirst().shape()[1];
        int[] y = Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray();
        int[] scores = Arrays.stream(shares).flatMap(Arrays::stream).flatMap(Arrays::stream)
                .flatMapToInt(Arrays::stream).toArray();
        List<int[]> places = List.of(y, scores);
        int keys = inputs.get(1).shape()[1];
        int[] shown = layer instanceof HeadedAttention<?> headed
                ? new int[] {batch, headed.queryHeads(), time, keys}
                : new int[] {batch, time, keys};
        List<RefTensor> outputs = new ArrayList<>(List.of(
                new RefTensor(new int[] {batch, time, rows[0].length}, run.tape.values(y)),
                new RefTensor(shown, run.tape.values(scores))));
        return new RefLayers.Simple(outputs, masks.query, run.tape.kinkDistance(), run.tape.largest(),
                (gOutputs, gradients) -> {
                    double[] all = new double[run.tape.size()];
                    for (int i = 0; i < places.size(); i++) {
                        for (int n = 0; n < places.get(i).length; n++) {
                            all[places.get(i)[n]] += gOutputs.get(i).values()[n];
                        }
                    }
                    run.tape.backward(all);
                    run.weights.forEach((full, numbers) -> {
                        if (numbers != null) {
                            gradients.add(full, new RefTensor(run.given.get(full).shape(), at(all, numbers)));
                        }
                    });
                    List<RefTensor> back = new ArrayList<>();
                    for (int i = 0; i < inputs.size(); i++) {
                        back.add(new RefTensor(inputs.get(i).shape(), at(all, read.get(i))));
                    }
                    return back;
                });
    }

    private static double[] at(double[] gradients, int[] places) {
        return Arrays.stream(places).mapToDouble(place -> gradients[place]).toArray();
    }
}
