package dev.gatun.tests.reference;

import dev.gatun.layers.Gru;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.SimpleRnn;
import java.util.List;

/** Recurrent layers with options that Keras does not have, written as the equations of ONNX and TensorFlow 1 stand. */
public final class RefVariants {

    private RefVariants() {}

    /** An LSTM; its outputs are the sequence or the last output, and the final h and c. */
    public static RefGraph.Node of(String name, Lstm lstm) {
        return layer(name, lstm, lstm.stateWidths(), (tape, weights) -> {
            RefTapedLayer.Cell cell = lstm.hasLayerNorm()
                    ? normCell(tape, weights, lstm)
                    : lstmCell(tape, weights, lstm);
            return lstm.projection() == 0 ? cell : projected(tape, weights, cell);
        });
    }

    /** A GRU. */
    public static RefGraph.Node of(String name, Gru gru) {
        return layer(name, gru, List.of(gru.units()), (tape, weights) -> gruCell(tape, weights, gru));
    }

    /** A SimpleRNN. */
    public static RefGraph.Node of(String name, SimpleRnn simple) {
        return layer(name, simple, List.of(simple.units()), (tape, weights) -> {
            Sums sums = new Sums(tape, weights, simple.units(), simple.clip());
            return (x, before) -> {
                int[] h = new int[simple.units()];
                for (int u = 0; u < h.length; u++) {
                    h[u] = tape.of(RefActivation.of(simple.activation()), sums.clipped(sums.of(0, u, x, before[0])));
                }
                return new int[][] {h};
            };
        });
    }

    private static RefGraph.Node layer(
            String name, RecurrentLayer<?> layer, List<Integer> widths, RefTapedLayer.Maker maker) {
        return new RefTapedLayer(name, maker, new RefTapedLayer.Options(widths, layer.returnsSequences(),
                layer.goesBackwards(), layer.zeroesOutputForMask(), layer.learnsInitialState()));
    }

    /** Sums of a gate: of the bias, the input's product and the recurrent one. */
    private record Sums(RefTape tape, int[][] kernel, int[][] recurrent, int[][] bias, int units, double clip) {

        Sums(RefTape tape, RefTapedLayer.Weights weights, int units, double clip) {
            this(tape, weights.matrix("kernel"), weights.matrix("recurrent_kernel"), bias(tape, weights), units, clip);
        }

        private static int[][] bias(RefTape tape, RefTapedLayer.Weights weights) {
            return weights.has("bias") ? weights.matrix("bias") : null;
        }

        int of(int gate, int unit, int[] x, int[] h) {
            return ofState(gate, unit, h, ofInput(gate, unit, x));
        }

        int ofInput(int gate, int unit, int[] x) {
            return product(kernel, gate * units + unit, x, start(0, gate * units + unit));
        }

        int ofState(int gate, int unit, int[] h, int from) {
            return product(recurrent, gate * units + unit, h, from);
        }

        int start(int row, int column) {
            return bias == null || row >= bias.length ? tape.given(0) : bias[row][column];
        }

        private int product(int[][] w, int column, int[] v, int from) {
            int sum = from;
            for (int k = 0; k < v.length; k++) {
                sum = tape.timesPlus(v[k], w[k][column], sum);
            }
            return sum;
        }

        int clipped(int sum) {
            return tape.clipped(sum, clip);
        }
    }

    private static RefTapedLayer.Cell lstmCell(RefTape tape, RefTapedLayer.Weights weights, Lstm lstm) {
        Sums sums = new Sums(tape, weights, lstm.units(), lstm.clip());
        RefActivation activation = RefActivation.of(lstm.activation());
        RefActivation gate = RefActivation.of(lstm.recurrentActivation());
        RefActivation toH = RefActivation.of(lstm.outputActivation());
        boolean coupled = lstm.couplesInputForget();
        return (x, before) -> {
            int[] h = new int[lstm.units()];
            int[] c = new int[lstm.units()];
            for (int u = 0; u < h.length; u++) {
                int old = before[1][u];
                int input = tape.of(gate, sums.clipped(
                        seen(tape, weights, "input", u, old, sums.of(0, u, x, before[0]))));
                int forget;
                if (coupled) {
                    forget = tape.minus(tape.given(1), input);
                } else {
                    int sum = tape.plus(sums.of(1, u, x, before[0]), tape.given(lstm.forgetBias()));
                    forget = tape.of(gate, sums.clipped(seen(tape, weights, "forget", u, old, sum)));
                }
                int candidate = tape.of(activation,
                        sums.clipped(sums.of(coupled ? 1 : 2, u, x, before[0])));
                c[u] = tape.clipped(tape.timesPlus(forget, old, tape.times(input, candidate)), lstm.cellClip());
                int output = tape.of(gate, sums.clipped(
                        seen(tape, weights, "output", u, c[u], sums.of(coupled ? 2 : 3, u, x, before[0]))));
                h[u] = tape.times(output, tape.of(toH, c[u]));
            }
            return new int[][] {h, c};
        };
    }

    /** h times a matrix, before it is returned and goes on. */
    private static RefTapedLayer.Cell projected(
            RefTape tape, RefTapedLayer.Weights weights, RefTapedLayer.Cell cell) {
        int[][] projection = weights.matrix("projection_kernel");
        return (x, before) -> {
            int[][] after = cell.step(x, before);
            int[] h = new int[projection[0].length];
            for (int p = 0; p < h.length; p++) {
                h[p] = tape.given(0);
                for (int u = 0; u < projection.length; u++) {
                    h[p] = tape.timesPlus(after[0][u], projection[u][p], h[p]);
                }
            }
            return new int[][] {h, after[1]};
        };
    }

    /** TensorFlow 1's LayerNormBasicLSTMCell: the state goes on normalized. */
    private static RefTapedLayer.Cell normCell(RefTape tape, RefTapedLayer.Weights weights, Lstm lstm) {
        int units = lstm.units();
        Sums sums = new Sums(tape, weights, units, lstm.clip());
        return (x, before) -> {
            int[][] gates = new int[4][units];
            for (int gate = 0; gate < 4; gate++) {
                int[] all = new int[units];
                for (int u = 0; u < units; u++) {
                    all[u] = sums.of(gate, u, x, before[0]);
                }
                int[] normal = normal(tape, all, gate * units, weights.vector("gate_gamma"),
                        weights.vector("gate_beta"), lstm.layerNormEpsilon());
                for (int u = 0; u < units; u++) {
                    int sum = gate == 1 ? tape.plus(normal[u], tape.given(lstm.forgetBias())) : normal[u];
                    gates[gate][u] = tape.of(
                            RefActivation.of(gate == 2 ? lstm.activation() : lstm.recurrentActivation()),
                            sums.clipped(sum));
                }
            }
            int[] raw = new int[units];
            for (int u = 0; u < units; u++) {
                raw[u] = tape.timesPlus(gates[1][u], before[1][u], tape.times(gates[0][u], gates[2][u]));
            }
            int[] c = normal(tape, raw, 0, weights.vector("state_gamma"), weights.vector("state_beta"),
                    lstm.layerNormEpsilon());
            int[] h = new int[units];
            for (int u = 0; u < units; u++) {
                h[u] = tape.times(gates[3][u], tape.of(RefActivation.of(lstm.outputActivation()), c[u]));
            }
            return new int[][] {h, c};
        };
    }

    private static int[] normal(RefTape tape, int[] x, int first, int[] gamma, int[] beta, double epsilon) {
        int share = tape.given(1.0 / x.length);
        int mean = tape.given(0);
        for (int number : x) {
            mean = tape.timesPlus(number, share, mean);
        }
        int variance = tape.given(epsilon);
        int[] apart = new int[x.length];
        for (int u = 0; u < x.length; u++) {
            apart[u] = tape.minus(x[u], mean);
            variance = tape.timesPlus(tape.times(apart[u], apart[u]), share, variance);
        }
        int scale = tape.inverseRoot(variance);
        int[] normal = new int[x.length];
        for (int u = 0; u < x.length; u++) {
            normal[u] = tape.timesPlus(gamma[first + u], tape.times(apart[u], scale), beta[first + u]);
        }
        return normal;
    }

    private static int seen(RefTape tape, RefTapedLayer.Weights weights, String gate, int unit, int c, int sum) {
        return weights.has(gate + "_peephole")
                ? tape.timesPlus(weights.vector(gate + "_peephole")[unit], c, sum)
                : sum;
    }

    private static RefTapedLayer.Cell gruCell(RefTape tape, RefTapedLayer.Weights weights, Gru gru) {
        Sums sums = new Sums(tape, weights, gru.units(), gru.clip());
        RefActivation gate = RefActivation.of(gru.recurrentActivation());
        RefActivation activation = RefActivation.of(gru.activation());
        return (x, before) -> {
            int units = gru.units();
            int[] update = new int[units];
            int[] reset = new int[units];
            int[] read = new int[units];
            for (int u = 0; u < units; u++) {
                update[u] = tape.of(gate, sums.clipped(tape.plus(sums.of(0, u, x, before[0]), sums.start(1, u))));
                reset[u] = tape.of(gate,
                        sums.clipped(tape.plus(sums.of(1, u, x, before[0]), sums.start(1, units + u))));
                read[u] = tape.times(reset[u], before[0][u]);
            }
            int[] h = new int[units];
            for (int u = 0; u < units; u++) {
                int ofInput = sums.ofInput(2, u, x);
                int sum = gru.resetAfter()
                        ? tape.timesPlus(reset[u], sums.ofState(2, u, before[0], sums.start(1, 2 * units + u)), ofInput)
                        : sums.ofState(2, u, read, ofInput);
                int candidate = tape.of(activation, sums.clipped(sum));
                h[u] = tape.timesPlus(update[u], tape.minus(before[0][u], candidate), candidate);
            }
            return new int[][] {h};
        };
    }
}
