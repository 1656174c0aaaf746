namespace SsaShare.Orbits;

/// <summary>How strongly one set of coefficients answers to geomagnetic activity: by the daily Ap, or by the fading memory of the last 57 hours.</summary>
/// <remarks>Hedin 1987, equations A24a to A24d.</remarks>
internal readonly struct GeomagneticResponse
{
    private const double QuietAp = 4, MemoryStepSeconds = 10_800, LongestMemory = 0.99999, LeastCurvature = 1e-4, LatitudeOfMemoryDegrees = 45;

    private readonly double _now, _before3, _before6, _before9, _before12, _before36, _fadingPerSecond, _fadingByLatitude, _everywhere;

    public GeomagneticResponse(double[] p, in NrlmsiseActivity activity)
    {
        if (activity.History is not { } history)
        {
            _everywhere = Saturated(activity.ApDaily, p[44] < 0 ? 1e-5 : p[44], p[45]);
            return;
        }
        (_fadingPerSecond, _fadingByLatitude) = (Math.Abs(p[52]), p[139]);
        if (_fadingPerSecond == 0) return;
        double curvature = Math.Max(p[25], LeastCurvature), gain = p[26];
        _now = Saturated(history.Now, curvature, gain);
        _before3 = Saturated(history.Before3, curvature, gain);
        _before6 = Saturated(history.Before6, curvature, gain);
        _before9 = Saturated(history.Before9, curvature, gain);
        _before12 = Saturated(history.Before12To33, curvature, gain);
        _before36 = Saturated(history.Before36To57, curvature, gain);
        _everywhere = Remembered(0);
    }

    /// <summary>The factor of the magnetic terms.</summary>
    public double At(double latitudeDegrees) => _fadingByLatitude == 0 ? _everywhere : Remembered(latitudeDegrees);

    /// <summary>Activity above the quiet level: in proportion while small, with another slope when large.</summary>
    private static double Saturated(double ap, double curvature, double gain)
    {
        double above = ap - QuietAp;
        return above + (gain - 1) * (above + (Math.Exp(-curvature * above) - 1) / curvature);
    }

    private double Remembered(double latitudeDegrees)
    {
        double fading = Math.Min(Math.Exp(-MemoryStepSeconds * _fadingPerSecond / (1 + _fadingByLatitude * (LatitudeOfMemoryDegrees - Math.Abs(latitudeDegrees)))), LongestMemory);
        double f2 = fading * fading, f3 = f2 * fading, f4 = f2 * f2, f8 = f4 * f4, f12 = f8 * f4, f16 = f8 * f8;
        double sum = _now + _before3 * fading + _before6 * f2 + _before9 * f3 + (_before12 * f4 + _before36 * f12) * (1 - f8) / (1 - fading);
        return sum / (1 + (1 - f16 * f3) / (1 - fading) * Math.Sqrt(fading));
    }
}
