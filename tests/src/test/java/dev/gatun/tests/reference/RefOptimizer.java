package dev.gatun.tests.reference;

import java.util.HashMap;
import java.util.Map;

/**
 * The optimizers in double precision, one weight after another. Formulas of Keras 3 (keras/src/optimizers), and two
 * variants that are no Keras 3 but that files of others need: Adam as in the paper, RMSprop as in Keras 2.
 */
public final class RefOptimizer {
    /** The rule for one weight; {@code slot} are its own three numbers, kept from step to step. */
    private interface Rule {
        double update(double w, double g, double[] slot, int t);
    }

    private final Rule rule;
    private final double initialSlot;
    private final Map<String, double[][]> slots = new HashMap<>();
    private int steps;

    private RefOptimizer(double initialSlot, Rule rule) {
        this.initialSlot = initialSlot;
        this.rule = rule;
    }

    /** {@code w -= lr g}. */
    public static RefOptimizer sgd(double lr) {
        return new RefOptimizer(0, (w, g, slot, t) -> w - lr * g);
    }

    /** {@code m = mu m - lr g; w += m}, or with Nesterov {@code w += mu m - lr g}. */
    public static RefOptimizer momentum(double lr, double mu, boolean nesterov) {
        return new RefOptimizer(0, (w, g, slot, t) -> {
            slot[0] = mu * slot[0] - lr * g;
            return w + (nesterov ? mu * slot[0] - lr * g : slot[0]);
        });
    }

    /** {@code m += (g - m)(1 - b1); v += (g^2 - v)(1 - b2); w -= lr sqrt(1 - b2^t)/(1 - b1^t) m/(sqrt(v) + eps)}. */
    public static RefOptimizer adam(double lr, double beta1, double beta2, double epsilon) {
        return adamw(lr, beta1, beta2, epsilon, 0);
    }

    /** Adam after {@code w -= w decay lr}. */
    public static RefOptimizer adamw(double lr, double beta1, double beta2, double epsilon, double decay) {
        return new RefOptimizer(0, (w, g, slot, t) -> {
            moments(g, slot, beta1, beta2);
            double rate = lr * Math.sqrt(1 - Math.pow(beta2, t)) / (1 - Math.pow(beta1, t));
            return w - w * decay * lr - rate * slot[0] / (Math.sqrt(slot[1]) + epsilon);
        });
    }

    /** AdamW, the root taken of the largest v so far (Reddi, Kale, Kumar 2018). */
    public static RefOptimizer amsgrad(double lr, double beta1, double beta2, double epsilon, double decay) {
        return new RefOptimizer(0, (w, g, slot, t) -> {
            moments(g, slot, beta1, beta2);
            slot[2] = Math.max(slot[2], slot[1]);
            double rate = lr * Math.sqrt(1 - Math.pow(beta2, t)) / (1 - Math.pow(beta1, t));
            return w - w * decay * lr - rate * slot[0] / (Math.sqrt(slot[2]) + epsilon);
        });
    }

    /** The paper's, PyTorch's and tfjs's Adam: {@code w -= lr m'/(sqrt(v') + eps)} with m and v corrected. */
    public static RefOptimizer adamOfPaper(double lr, double beta1, double beta2, double epsilon) {
        return new RefOptimizer(0, (w, g, slot, t) -> {
            moments(g, slot, beta1, beta2);
            double m = slot[0] / (1 - Math.pow(beta1, t));
            double v = slot[1] / (1 - Math.pow(beta2, t));
            return w - lr * m / (Math.sqrt(v) + epsilon);
        });
    }

    private static void moments(double g, double[] slot, double beta1, double beta2) {
        slot[0] += (g - slot[0]) * (1 - beta1);
        slot[1] += (g * g - slot[1]) * (1 - beta2);
    }

    /** {@code v = rho v + (1 - rho) g^2; w -= lr g/sqrt(v + eps)}. */
    public static RefOptimizer rmsprop(double lr, double rho, double epsilon) {
        return rmsprop(lr, rho, 0, epsilon, false);
    }

    /**
     * RMSprop in full: centered, the squared mean gradient is taken from v; with momentum {@code mu > 0},
     * {@code m = mu m + lr g/sqrt(v + eps); w -= m}.
     */
    public static RefOptimizer rmsprop(double lr, double rho, double mu, double epsilon, boolean centered) {
        return new RefOptimizer(0, (w, g, slot, t) -> {
            slot[0] = rho * slot[0] + (1 - rho) * g * g;
            slot[1] = rho * slot[1] + (1 - rho) * g;
            double variance = centered ? slot[0] - slot[1] * slot[1] : slot[0];
            slot[2] = mu * slot[2] + lr * g / Math.sqrt(variance + epsilon);
            return w - slot[2];
        });
    }

    /** Keras 2: {@code w -= lr g/(sqrt(v) + eps)}. */
    public static RefOptimizer rmspropOfKeras2(double lr, double rho, double epsilon) {
        return new RefOptimizer(0, (w, g, slot, t) -> {
            slot[0] = rho * slot[0] + (1 - rho) * g * g;
            return w - lr * g / (Math.sqrt(slot[0]) + epsilon);
        });
    }

    /** {@code a += g^2; w -= lr g/sqrt(a + eps)}, a starting at {@code initial} (Keras: 0.1). */
    public static RefOptimizer adagrad(double lr, double initial, double epsilon) {
        return new RefOptimizer(initial, (w, g, slot, t) -> {
            slot[0] += g * g;
            return w - lr * g / Math.sqrt(slot[0] + epsilon);
        });
    }

    /** One step: changes the weights in place. Every weight needs a gradient of its size. */
    public void step(Map<String, double[]> weights, Map<String, double[]> gradients) {
        steps++;
        weights.forEach((name, w) -> {
            double[] g = gradients.get(name);
            double[][] slot = slots.computeIfAbsent(name, key -> newSlots(w.length));
            for (int i = 0; i < w.length; i++) {
                w[i] = rule.update(w[i], g[i], slot[i], steps);
            }
        });
    }

    private double[][] newSlots(int size) {
        double[][] slot = new double[size][];
        for (int i = 0; i < size; i++) {
            slot[i] = new double[] {initialSlot, initialSlot, initialSlot};
        }
        return slot;
    }

    /** Clips each number to {@code [-limit, limit]}, in place. */
    public static void clipByValue(Map<String, double[]> gradients, double limit) {
        for (double[] g : gradients.values()) {
            for (int i = 0; i < g.length; i++) {
                g[i] = Math.min(Math.max(g[i], -limit), limit);
            }
        }
    }

    /** Scales each gradient whose Euclidean norm is larger than {@code limit} down to it, in place. */
    public static void clipByNorm(Map<String, double[]> gradients, double limit) {
        for (double[] g : gradients.values()) {
            scale(g, limit / Math.max(Math.sqrt(squares(g)), limit));
        }
    }

    /** Scales all gradients together when the norm of all of them is larger than {@code limit}, in place. */
    public static void clipByGlobalNorm(Map<String, double[]> gradients, double limit) {
        double squares = 0;
        for (double[] g : gradients.values()) {
            squares += squares(g);
        }
        for (double[] g : gradients.values()) {
            scale(g, limit / Math.max(Math.sqrt(squares), limit));
        }
    }

    private static double squares(double[] g) {
        double sum = 0;
        for (double v : g) {
            sum += v * v;
        }
        return sum;
    }

    private static void scale(double[] g, double factor) {
        for (int i = 0; i < g.length; i++) {
            g[i] *= factor;
        }
    }
}
