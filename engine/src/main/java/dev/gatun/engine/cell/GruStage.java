package dev.gatun.engine.cell;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.kernel.GruStrides;
import dev.gatun.engine.rnn.CellSteps;

/** A stage of a GRU's step: with one row the groups of units are the kernel's rows, so that one call serves them all. */
abstract class GruStage implements CellSteps {

    final GruPlaces places;
    private final CellFunctions functions;
    private final boolean standard;
    private final Gates many;
    private final Gates one;

    /**
     * Rows as the kernels find them.
     *
     * @param strides from row to row
     * @param twin    the gates of any functions at these strides
     * @param kernels the same of functions that have SIMD kernels
     */
    record Gates(GruStrides strides, GenericGruGates twin, KernelGruGates kernels) {

        static Gates of(CellFunctions functions, GruStrides strides, long pre) {
            return new Gates(strides, new GenericGruGates(functions, strides, pre),
                    new KernelGruGates(functions, strides, pre));
        }
    }

    /** What computes a forward pass: the ordinary cell's kernels, those of each function, or twins. */
    enum Means {
        CELL, FUNCTIONS, TWIN
    }

    GruStage(CellFunctions functions, GruPlaces places) {
        this.places = places;
        this.functions = functions;
        this.standard = functions.isStandard();
        GruStrides strides = places.strides();
        GruStrides ofOneRow = places.stridesOfOneRow();
        long pre = places.preactivation();
        this.many = Gates.of(functions, strides, pre);
        this.one = Gates.of(functions, ofOneRow, pre);
    }

    @Override
    public final void forward(
            int firstBlock, int endBlock, long zRow, long hRow, long hNext, long carriedRow, long carriedNext,
            int rows) {
        Means means = means();
        if (rows == 1) {
            forward(one, means, firstBlock, zRow, hRow, hNext, carriedRow, endBlock - firstBlock);
            return;
        }
        for (int block = firstBlock; block < endBlock; block++) {
            forward(many, means, block, zRow, hRow, hNext, carriedRow, rows);
        }
    }

    private Means means() {
        if (standard) {
            return KernelChoice.isScalarNow() ? Means.TWIN : Means.CELL;
        }
        return functions.areKernels() ? Means.FUNCTIONS : Means.TWIN;
    }

    @Override
    public final void backward(int block, long zRow, long stateRow, long nextRow, int firstRow, int rows) {
        backward(many, standard && !KernelChoice.SCALAR, block, zRow, stateRow, firstRow, rows);
    }

    abstract void forward(
            Gates kernel, Means means, int block, long zRow, long hRow, long hNext, long readRow, int rows);

    abstract void backward(Gates kernel, boolean simd, int block, long zRow, long hRow, int firstRow, int rows);
}
