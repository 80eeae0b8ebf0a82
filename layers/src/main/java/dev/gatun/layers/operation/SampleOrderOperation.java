package dev.gatun.layers.operation;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import java.lang.foreign.MemorySegment;

/** Gives the numbers of each sample another shape: they stay in their order, axis after axis, and only rows end elsewhere. */
public final class SampleOrderOperation extends OneToOneOperation {

    /**
     * An operation on the context's input.
     *
     * @param context where it stands
     * @param shape   the largest of the output, batch first
     */
    public SampleOrderOperation(PlanContext context, Shape shape) {
        super(context, shape);
    }

    @Override
    public void forward(RunContext run) {
        move(x, input, y, output, false);
    }

    @Override
    protected void back(RunContext run) {
        move(dy, output, dx, input, addToDx);
    }

    private static void move(RowsView from, Value source, RowsView to, Value target, boolean add) {
        int columns = source.columns();
        int width = target.columns();
        long numbers = (long) source.time() * columns;
        int batch = target.batch();
        for (int sample = 0; sample < batch; sample++) {
            for (long done = 0; done < numbers;) {
                int column = (int) (done % columns);
                int place = (int) (done % width);
                int count = (int) Math.min(Math.min(columns - column, width - place), numbers - done);
                long read = from.at(done / columns * batch + sample) + (long) column * Float.BYTES;
                long written = to.at(done / width * batch + sample) + (long) place * Float.BYTES;
                if (add) {
                    add(from.segment(), read, to.segment(), written, count);
                } else {
                    MemorySegment.copy(from.segment(), read, to.segment(), written, (long) count * Float.BYTES);
                }
                done += count;
            }
        }
    }

    private static void add(MemorySegment from, long read, MemorySegment to, long written, int count) {
        for (int i = 0; i < count; i++) {
            long at = (long) i * Float.BYTES;
            to.set(JAVA_FLOAT, written + at, to.get(JAVA_FLOAT, written + at) + from.get(JAVA_FLOAT, read + at));
        }
    }
}
