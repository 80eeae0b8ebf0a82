package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Sizes;
import dev.gatun.formats.onnx.value.Tracked;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Says which factors make the axes of a reshaped value: numbers stay in their order, so it is one walk over the factors. */
final class Regrouping {

    private static final long REST = -1;

    private Tracked value;
    private final List<Factor> left;

    private Regrouping(Tracked value) {
        this.value = value;
        this.left = new ArrayList<>(value.onnx().flat());
    }

    /**
     * @param target sizes: 0 for that of the same axis, -1 for the rest
     * @throws NotMapped if the sizes cut through factors
     */
    static Tracked of(Tracked value, Sizes target, boolean zeroIsNone) {
        return new Regrouping(value).regrouped(target.entries(), zeroIsNone);
    }

    private Tracked regrouped(List<Sizes.Size> target, boolean zeroIsNone) {
        List<List<Factor>> axes = new ArrayList<>(Collections.nCopies(target.size(), null));
        int rest = -1;
        for (int axis = 0; axis < target.size(); axis++) {
            Sizes.Size size = target.get(axis);
            if (size.isNumber() && size.number() == REST) {
                rest = axis;
                break;
            }
            axes.set(axis, taken(size, axis, zeroIsNone, true, target.size() - axis));
        }
        for (int axis = target.size() - 1; rest >= 0 && axis > rest; axis--) {
            axes.set(axis, taken(target.get(axis), axis, zeroIsNone, false, axis - rest));
        }
        if (rest >= 0) {
            axes.set(rest, new ArrayList<>(left));
            left.clear();
        }
        if (!left.isEmpty()) {
            throw new NotMapped("reshapes axes " + value.onnx() + " to " + target + ", which cuts through them");
        }
        return value.in(new Axes(axes));
    }

    /** @param open how many axes are still to be made on this side, this one among them */
    private List<Factor> taken(Sizes.Size size, int axis, boolean zeroIsNone, boolean isFirst, int open) {
        if (!size.isNumber()) {
            return factors(size.factors(), isFirst);
        }
        if (size.number() == 0 && !zeroIsNone) {
            if (axis >= value.onnx().rank()) {
                throw new NotMapped("keeps the size of axis " + axis + " of a value of " + value.onnx().rank());
            }
            return factors(Axes.plain(value.onnx().get(axis)), isFirst);
        }
        if (size.number() < 1) {
            throw new NotMapped("reshapes to an axis of size " + size.number());
        }
        if (size.number() == 1) {
            return one(axis, isFirst, open);
        }
        return product(size.number(), isFirst);
    }

    /** An axis of size 1, which is the batch if the file has batches of 1 and the batch stood there or can stand nowhere else. */
    private List<Factor> one(int axis, boolean isFirst, int open) {
        boolean isNext = !left.isEmpty() && next(isFirst).isBatch() && next(isFirst).size() == 1;
        boolean stoodThere = isNext && axis < value.onnx().rank() && value.onnx().get(axis).contains(next(isFirst));
        return isNext && (stoodThere || open == 1 || left.size() >= open) ? List.of(take(isFirst)) : List.of();
    }

    /** Those that are known only when the model runs have to stand there; numbers may be made of others. */
    private List<Factor> factors(List<Factor> wanted, boolean isFirst) {
        List<Factor> open = new ArrayList<>(wanted);
        open.removeIf(factor -> !factor.isBatch() && factor.size() != Factor.UNKNOWN);
        List<Factor> numbers = new ArrayList<>(wanted);
        numbers.removeAll(open);
        long size = Axes.size(numbers);
        long made = 1;
        List<Factor> taken = new ArrayList<>();
        while (!open.isEmpty() || made < size) {
            Factor next = left.isEmpty() ? null : next(isFirst);
            boolean isNumber = next != null && !next.isBatch() && next.size() != Factor.UNKNOWN;
            if (next == null || !isNumber && !open.remove(next) || isNumber && made == size) {
                throw new NotMapped("reshapes axes " + value.onnx() + " to one of size " + wanted
                        + ", which is not made of those that stand there");
            }
            if (isNumber && size % Math.multiplyExact(made, next.size()) != 0) {
                split(next, size / made, isFirst);
                next = next(isFirst);
            }
            made *= isNumber ? next.size() : 1;
            taken.add(isFirst ? taken.size() : 0, take(isFirst));
        }
        return taken;
    }

    private List<Factor> product(long size, boolean isFirst) {
        List<Factor> taken = new ArrayList<>();
        long product = 1;
        while (product < size) {
            if (left.isEmpty() || next(isFirst).size() == Factor.UNKNOWN) {
                throw new NotMapped("reshapes axes " + value.onnx() + " to one of size " + size
                        + ", and it is not known what it is made of");
            }
            Factor factor = next(isFirst);
            if (size % (product * factor.size()) != 0) {
                split(factor, size / product, isFirst);
                factor = next(isFirst);
            }
            product *= factor.size();
            taken.add(isFirst ? taken.size() : 0, take(isFirst));
        }
        return taken;
    }

    private void split(Factor factor, long size, boolean isFirst) {
        if (factor.isBatch() || factor.size() % size != 0) {
            throw new NotMapped(
                    "reshapes axes " + value.onnx() + " to one of size " + size + " times others, which cuts "
                            + (factor.isBatch() ? "through the batch" : "through an axis of " + factor.size()));
        }
        Factor wanted = Factor.of(size);
        Factor other = Factor.of(factor.size() / size);
        List<Factor> parts = isFirst ? List.of(wanted, other) : List.of(other, wanted);
        value = value.replaced(factor, parts);
        int at = left.indexOf(factor);
        left.remove(at);
        left.addAll(at, parts);
    }

    private Factor next(boolean isFirst) {
        return isFirst ? left.getFirst() : left.getLast();
    }

    private Factor take(boolean isFirst) {
        return isFirst ? left.removeFirst() : left.removeLast();
    }
}
