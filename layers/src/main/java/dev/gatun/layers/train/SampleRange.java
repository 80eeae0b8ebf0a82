package dev.gatun.layers.train;

/** Samples {@code first .. first + count - 1} of some that are checked. */
record SampleRange(CheckedSamples samples, int first, int count) {

    static SampleRange all(CheckedSamples samples) {
        return new SampleRange(samples, 0, samples.count());
    }
}
