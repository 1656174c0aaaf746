namespace SsaShare.Orbits;

/// <summary>How far an orbit's plane turned at an instant, from inclination and node on both sides.</summary>
internal static class PlaneChange
{
    private const double Noticeable = 6;

    /// <summary>Angle between the planes, rad; 0 where neither inclination nor node moves by more than six of their own deviations.</summary>
    public static double Rad(ElementHistory history, double days, double windowDays)
    {
        double inclination = Jump(history, history.InclinationRad, days, windowDays), node = Jump(history, history.NodeRad, days, windowDays);
        double tilt = history.InclinationRad[Math.Min(history.IndexAt(days), history.Count - 1)];
        return Math.Sqrt(inclination * inclination + node * node * Math.Sin(tilt) * Math.Sin(tilt));
    }

    /// <summary>The step between two parallel lines through the values before and after, by medians; 0 where it drowns.</summary>
    private static double Jump(ElementHistory history, double[] values, double days, double windowDays)
    {
        int first = history.IndexAt(days - windowDays), middle = history.IndexAt(days), last = history.IndexAt(days + windowDays) - 1;
        if (middle - first < 3 || last - middle + 1 < 3) return 0;
        var slopes = new List<double>();
        for (int i = first; i <= last; i++)
            for (int j = i + 1; j <= last; j++)
                if (i < middle == j < middle && history.Days[j] - history.Days[i] > 0.5) slopes.Add((values[j] - values[i]) / (history.Days[j] - history.Days[i]));
        if (slopes.Count == 0) return 0;
        double slope = ElementHistory.Median([.. slopes]);
        double level(int from, int to) => ElementHistory.Median([.. Enumerable.Range(from, to - from + 1).Select(i => values[i] - slope * (history.Days[i] - days))]);
        double before = level(first, middle - 1), after = level(middle, last);
        double off(int i) => Math.Abs(values[i] - slope * (history.Days[i] - days) - (i < middle ? before : after));
        double spread = 1.4826 * ElementHistory.Median([.. Enumerable.Range(first, last - first + 1).Select(off)]);
        double deviation = spread * 1.25 * Math.Sqrt(1.0 / (middle - first) + 1.0 / (last - middle + 1));
        return Math.Abs(after - before) > Noticeable * deviation ? after - before : 0;
    }
}
