using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Cli;

/// <summary>When an object's state is wanted: at instants that all objects share, or at minutes from each object's own epoch. Counted in seconds of TAI, so that leap seconds pass like any other.</summary>
internal sealed record PropagationTimes
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly long _startNanoseconds, _stepNanoseconds;
    private readonly decimal _startMinutes, _stepMinutes;

    private PropagationTimes(bool isShared, int count, long startNanoseconds, long stepNanoseconds, decimal startMinutes, decimal stepMinutes)
        => (IsShared, Count, _startNanoseconds, _stepNanoseconds, _startMinutes, _stepMinutes) = (isShared, count, startNanoseconds, stepNanoseconds, startMinutes, stepMinutes);

    /// <summary>All objects have the same instants.</summary>
    public bool IsShared { get; }

    public int Count { get; }

    /// <summary>From the start to the last that is not after the stop.</summary>
    /// <exception cref="FormatException">They make no sense.</exception>
    public static PropagationTimes Between(Epoch start, Epoch stop, decimal stepSeconds)
    {
        if (stop < start) throw new FormatException($"--stop {stop} is before --start {start}.");
        if (stepSeconds is < 0.000_001m or > 1e9m) throw new FormatException($"--step is {stepSeconds.ToString(CultureInfo.InvariantCulture)}; expected seconds, 0.000001 to 1000000000.");
        long step = (long)(stepSeconds * NanosecondsPerSecond);
        return new PropagationTimes(true, Counted((stop.NanosecondsSinceJ2000 - start.NanosecondsSinceJ2000) / step), start.NanosecondsSinceJ2000, step, 0, 0);
    }

    /// <param name="text">A:B:STEP in minutes: from A to the last that is not beyond B.</param>
    /// <exception cref="FormatException">It makes no sense.</exception>
    public static PropagationTimes Minutes(string text)
    {
        const decimal Farthest = 200_000_000;
        string[] parts = text.Split(':');
        decimal[] numbers = new decimal[3];
        for (int i = 0; i < 3; i++)
            if (parts.Length != 3 || !decimal.TryParse(parts[i], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out numbers[i]) || Math.Abs(numbers[i]) > Farthest)
                throw new FormatException($"--minutes is '{text}'; expected FROM:TO:STEP in minutes from each object's epoch, such as 0:1440:10 or -60:60:0.5.");
        var (from, to, step) = (numbers[0], numbers[1], numbers[2]);
        if (Math.Abs(step) < 0.000_000_1m || (to - from) / step < 0) throw new FormatException($"--minutes is '{text}': STEP does not lead from {parts[0]} to {parts[1]}.");
        return new PropagationTimes(false, Counted((to - from) / step), 0, 0, from, step);
    }

    /// <summary>Minutes from an object's epoch; of times that are not shared.</summary>
    public double MinutesAt(int index) => (double)(_startMinutes + index * _stepMinutes);

    /// <param name="index">From 0.</param>
    /// <param name="origin">The object's epoch.</param>
    /// <exception cref="OverflowException">Beyond the years 1708 to 2292.</exception>
    public Epoch At(int index, Epoch origin)
        => IsShared ? new Epoch(checked(_startNanoseconds + index * _stepNanoseconds)) : new Epoch(checked(origin.NanosecondsSinceJ2000 + (long)decimal.Round((_startMinutes + index * _stepMinutes) * 60 * NanosecondsPerSecond)));

    private static int Counted(decimal steps)
        => steps < int.MaxValue - 1 ? (int)steps + 1 : throw new FormatException($"More than {int.MaxValue:N0} times for each object; take a longer step.");
}
