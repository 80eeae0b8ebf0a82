package dev.gatun.layers.runtime;

import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps executions for their next use, and makes them so that other sizes seldom need another one: whoever asks for more than
 * was planned is given half as much again. A large one of which {@value #SMALL_USES} uses in a row needed little is given up
 * for one of the size that is asked for, so that a single long sequence does not hold its memory for ever. Not safe for use by
 * several threads at once.
 */
public final class ExecutionCache implements AutoCloseable {

    /** Training, validation and prediction, and sizes too far apart for one plan. */
    private static final int KEPT = 8;
    /** A plan for two sizes may have so many times the rows of the larger one. */
    private static final int WASTE = 2;
    /** Below that the memory is not worth another plan. */
    private static final long LARGE_BYTES = 16 << 20;
    /** A use is small if its inputs have at most this part of the numbers that were planned for. */
    private static final int SMALL_PART = 8;
    /** So many that planning again, for whoever needs both sizes now and then, costs little beside them. */
    private static final int SMALL_USES = 1000;

    /** What makes an execution. */
    @FunctionalInterface
    public interface Maker {
        /**
         * Makes an execution.
         *
         * @param largest the largest shapes, batch first, one for each input
         * @param mode    what it is for
         * @return an open execution
         */
        Execution make(List<Shape> largest, ExecutionMode mode);
    }

    private final Maker maker;
    /** The last one used stands last. */
    private final List<Kept> kept = new ArrayList<>();

    /** An execution, and how many of its uses were small since the last one that was not. */
    private static final class Kept {
        private final Execution execution;
        private final double smallElements;
        private int smallUses;

        private Kept(Execution execution) {
            this.execution = execution;
            this.smallElements = execution.bytes() < LARGE_BYTES ? 0 : elements(execution.largest()) / SMALL_PART;
        }

        /** Whether it holds much more than anyone has asked for in a long time. */
        private boolean isOutgrown(List<Shape> shapes) {
            smallUses = elements(shapes) <= smallElements ? smallUses + 1 : 0;
            return smallUses > SMALL_USES;
        }
    }

    /**
     * A cache that holds nothing yet.
     *
     * @param maker makes what is not there
     */
    public ExecutionCache(Maker maker) {
        this.maker = Arguments.required(maker, "ExecutionCache", "maker", "what makes an execution");
    }

    /**
     * The execution for these sizes, made if there is none or if its memory was freed with that of its model.
     *
     * @param shapes known shapes, batch first, one for each input
     * @param mode   what it is for
     * @return an open execution of these sizes, which stays the cache's: another call may resize or close it
     */
    public Execution get(List<Shape> shapes, ExecutionMode mode) {
        Arguments.required(shapes, "ExecutionCache.get", "shapes", "a shape for each input");
        Arguments.required(mode, "ExecutionCache.get", "mode", "for example ExecutionMode.INFERENCE");
        for (int i = kept.size() - 1; i >= 0; i--) {
            Kept each = kept.get(i);
            Execution execution = each.execution;
            if (!execution.isOpen()) {
                kept.remove(i);
            } else if (execution.mode() == mode && execution.covers(shapes)) {
                if (each.isOutgrown(shapes)) {
                    kept.remove(i);
                    execution.close();
                    continue;
                }
                if (i < kept.size() - 1) {
                    kept.remove(i);
                    kept.add(each);
                }
                execution.resize(shapes);
                return execution;
            }
        }
        return make(shapes, mode);
    }

    private Execution make(List<Shape> shapes, ExecutionMode mode) {
        List<Shape> largest = largest(shapes, mode);
        for (int i = kept.size() - 1; i >= 0; i--) {
            Execution each = kept.get(i).execution;
            if (each.mode() == mode && isWithin(each.largest(), largest)) {
                kept.remove(i);
                each.close();
            }
        }
        Execution made = maker.make(largest, mode);
        kept.add(new Kept(made));
        if (kept.size() > KEPT) {
            kept.removeFirst().execution.close();
        }
        made.resize(shapes);
        return made;
    }

    /** What is asked for, or what also serves the sizes that were asked for last, if that is not much more. */
    private List<Shape> largest(List<Shape> shapes, ExecutionMode mode) {
        for (int i = kept.size() - 1; i >= 0; i--) {
            if (kept.get(i).execution.mode() == mode) {
                List<Shape> last = kept.get(i).execution.largest();
                List<Shape> both = new ArrayList<>();
                for (int input = 0; input < shapes.size(); input++) {
                    both.add(union(last.get(input), shapes.get(input)));
                }
                return elements(both) <= WASTE * Math.max(elements(last), elements(shapes)) ? both : shapes;
            }
        }
        return shapes;
    }

    private static Shape union(Shape last, Shape asked) {
        Shape union = asked;
        for (int axis = 0; axis < asked.rank(); axis++) {
            long before = last.dim(axis);
            long now = asked.dim(axis);
            union = union.with(axis,
                    now > before && before > 0 ? Math.max(now, before + before / 2) : Math.max(now, before));
        }
        return union;
    }

    private static boolean isWithin(List<Shape> inner, List<Shape> outer) {
        for (int input = 0; input < inner.size(); input++) {
            if (!inner.get(input).fitsInto(outer.get(input))) {
                return false;
            }
        }
        return true;
    }

    private static double elements(List<Shape> shapes) {
        double elements = 0;
        for (Shape shape : shapes) {
            double product = 1;
            for (int axis = 0; axis < shape.rank(); axis++) {
                product *= shape.dim(axis);
            }
            elements += product;
        }
        return elements;
    }

    /** Closes all executions. The cache can be used again. */
    @Override
    public void close() {
        for (Kept each : kept) {
            each.execution.close();
        }
        kept.clear();
    }
}
