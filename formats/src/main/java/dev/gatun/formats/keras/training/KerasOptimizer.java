package dev.gatun.formats.keras.training;

import dev.gatun.layers.train.Adagrad;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.AdamW;
import dev.gatun.layers.train.Clipping;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.RmsProp;
import dev.gatun.layers.train.Sgd;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An optimizer of ours as Keras describes it. */
final class KerasOptimizer {

    private KerasOptimizer() {}

    /**
     * The options that Keras 3 has.
     *
     * @throws IllegalArgumentException if it has none that does the same
     */
    @SuppressWarnings("unchecked")
    static Map<String, Object> of(Optimizer optimizer) {
        boolean isKnown = optimizer instanceof Adam || optimizer instanceof AdamW || optimizer instanceof Sgd
                || optimizer instanceof RmsProp || optimizer instanceof Adagrad;
        if (!isKnown) {
            throw new IllegalArgumentException("Keras does not have the optimizer " + optimizer.className());
        }
        Map<String, Object> own = (Map<String, Object>) optimizer.toConfig().get("config");
        for (String beyond : new String[] {"epsilon_corrected", "epsilon_outside"}) {
            if (own.containsKey(beyond)) {
                throw new IllegalArgumentException("Keras's " + optimizer.className() + " has no option " + beyond);
            }
        }
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("name", optimizer.className().toLowerCase(Locale.ROOT));
        config.put("weight_decay", null);
        for (Clipping.Kind kind : Clipping.Kind.values()) {
            if (kind != Clipping.Kind.NONE) {
                config.put(kind.keyword(), null);
            }
        }
        config.put("use_ema", false);
        config.put("ema_momentum", 0.99);
        config.put("ema_overwrite_frequency", null);
        config.put("loss_scale_factor", null);
        config.put("gradient_accumulation_steps", null);
        config.putAll(own);
        return config;
    }
}
