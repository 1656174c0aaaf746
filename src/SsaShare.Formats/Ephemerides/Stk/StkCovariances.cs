namespace SsaShare.Formats;

/// <summary>Covariances of an STK ephemeris file: a time and its entries, on as many lines as they take.</summary>
/// <param name="shift">Power of ten from the file's unit to km and km/s, squared.</param>
/// <param name="isLower">Which triangle is given, row by row; null when it is not known: then nothing is given on.</param>
internal sealed class StkCovariances(EphemerisSegment segment, int entries, int shift, bool? isLower, Action<EphemerisItem, long> give)
{
    private double[] _entries = new double[entries];
    private EphemerisTime _time;
    private int _count = -1;
    private bool _isBad;
    private long _line;

    /// <summary>A covariance has begun and not ended.</summary>
    public bool IsMidway => _count >= 0 && isLower is not null;

    /// <summary>Takes a line.</summary>
    /// <returns>What is wrong with the covariance that stands here; once for each.</returns>
    public (long Line, int Column, string Reason)? Add(ReadOnlySpan<byte> line, long number)
    {
        (long, int, string)? wrong = null;
        var words = new Words(line);
        while (words.Next(out var word))
        {
            if (_count < 0)
            {
                (_isBad, _line) = (false, number);
                if (!ShiftedDecimal.TryDecimal(word, out decimal seconds) || !segment.ReferenceTime!.Value.TryAdd(seconds, segment.TimeSystem, out _time)) Bad(words.Column, "no number of seconds since ScenarioEpoch");
            }
            else if (!ShiftedDecimal.TryDouble(word, shift, out _entries[_count])) Bad(words.Column, "not a number");
            if (++_count == entries) Finish(words.Column);
        }
        return isLower is null ? null : wrong;

        void Bad(int column, string reason)
        {
            if (!_isBad) wrong ??= (number, column, reason);
            _isBad = true;
        }

        void Finish(int column)
        {
            _count = -1;
            if (isLower == false) _entries = Lower(_entries);
            for (int row = 0; row * (row + 1) / 2 + row < entries; row++)
                if (_entries[row * (row + 1) / 2 + row] < 0) Bad(column, "a negative variance");
            if (_isBad || isLower is null) return;
            give(new EphemerisCovariance { Time = _time, Frame = segment.Frame, FrameName = segment.FrameName, LowerKmAndS = _entries }, _line);
            _entries = new double[entries];
        }
    }

    /// <summary>The lower triangle, row by row, of the upper one, row by row.</summary>
    private static double[] Lower(double[] upper)
    {
        int size = upper.Length == 6 ? 3 : 6, at = 0;
        double[] lower = new double[upper.Length];
        for (int row = 0; row < size; row++)
        for (int column = row; column < size; column++)
            lower[column * (column + 1) / 2 + row] = upper[at++];
        return lower;
    }
}
