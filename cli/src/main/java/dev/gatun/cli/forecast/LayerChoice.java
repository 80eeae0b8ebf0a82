package dev.gatun.cli.forecast;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.SimpleRnn;
import java.util.Locale;

/**
 * One recurrent layer of a forecaster, as the command line names it: {@code 64}, {@code gru:64}, {@code bi-lstm:32}.
 *
 * @param kind             what goes through time
 * @param isBidirectional  whether it does so both ways, each way with its own units
 * @param units            of one way, at least 1
 */
public record LayerChoice(Kind kind, boolean isBidirectional, int units) {

    private static final String BOTH_WAYS = "bi-";

    /** The cells there are. */
    public enum Kind {
        /** Long short-term memory. */
        LSTM,
        /** Gated recurrent unit. */
        GRU,
        /** A plain recurrent layer. */
        RNN
    }

    /**
     * Reads what stands between two commas.
     *
     * @param text {@code 64} for an LSTM, or lstm, gru or rnn, with {@code bi-} before it for both ways, and {@code :64} behind
     * @return the layer
     * @throws IllegalArgumentException if it is none of these, saying what there is
     */
    public static LayerChoice of(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? "lstm" : text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        boolean both = name.startsWith(BOTH_WAYS);
        try {
            Kind kind = Kind.valueOf((both ? name.substring(BOTH_WAYS.length()) : name).toUpperCase(Locale.ROOT));
            return new LayerChoice(kind, both, Integer.parseInt(text.substring(colon + 1).strip()));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("'" + text + "' is no layer; give a number of units for an LSTM, or "
                    + "lstm:64, gru:64, rnn:64, and bi-lstm:64 and the like for both ways", unknown);
        }
    }

    /**
     * The layer itself.
     *
     * @param sequences whether another recurrent layer reads it
     * @return a new layer
     */
    public Layer layer(boolean sequences) {
        RecurrentLayer<?> oneWay = switch (kind) {
            case LSTM -> Lstm.units(units);
            case GRU -> Gru.units(units);
            case RNN -> SimpleRnn.units(units);
        };
        Layer returning = oneWay.returnSequences(sequences);
        return isBidirectional ? Bidirectional.of(returning) : returning;
    }
}
