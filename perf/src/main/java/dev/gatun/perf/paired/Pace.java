package dev.gatun.perf.paired;

/**
 * How long everything takes.
 *
 * @param rounds       blocks of each engine
 * @param blockMillis  least length of a block
 * @param warmUpMillis of each engine
 * @param steps        single times of each engine, for latencies of a step; of a longer call there are fewer
 */
public record Pace(int rounds, int blockMillis, int warmUpMillis, int steps) {

    public static Pace full(int rounds) {
        return new Pace(rounds, 200, 6_000, 240_000);
    }

    /** To see that it works; figures mean little. */
    public static Pace quick(int rounds) {
        return new Pace(rounds, 30, 1_000, 20_000);
    }

    String[] words() {
        return new String[] {
            String.valueOf(rounds), String.valueOf(blockMillis), String.valueOf(warmUpMillis), String.valueOf(steps)};
    }

    static Pace parse(String... words) {
        return new Pace(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]),
                Integer.parseInt(words[3]));
    }
}
