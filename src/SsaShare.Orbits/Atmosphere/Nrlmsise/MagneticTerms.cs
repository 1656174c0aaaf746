using static SsaShare.Orbits.HorizontalBasis;

namespace SsaShare.Orbits;

/// <summary>Which published coefficients belong to geomagnetic activity: one choice for the daily Ap, another for the ap of the last 57 hours. Each number is the first index of its group.</summary>
/// <param name="Zonal0">Even zonal: P0, then P2 and P4.</param>
/// <param name="ZonalOdd">Odd zonal, annual: P1, P3, P5.</param>
/// <param name="Local">Local time: P11, P13, P15, and the hour of their maximum.</param>
/// <param name="LongitudeEven">Longitude: P12, P14, P16, the longitude of their maximum, and what they grow by with latitude.</param>
/// <param name="LongitudeOdd">Longitude, annual: P11, P13, P15, and the longitude of their maximum.</param>
/// <param name="Universal">Universal time: P1, P3, P5, and the second of their maximum.</param>
internal sealed record MagneticTerms(
    int Zonal0, int Zonal2, int Zonal4, int ZonalOdd, int Local, int LocalPhase, (int P12, int P14, int P16) LongitudeEven, int LongitudeEvenPhase, int LongitudeSkew,
    int LongitudeOdd, int LongitudeOddPhase, int Universal, int UniversalPhase)
{
    public static MagneticTerms Daily { get; } = new(33, 46, 35, 101, 122, 125, (61, 62, 63), 64, 121, 116, 119, 84, 76);

    public static MagneticTerms History { get; } = new(51, 97, 55, 126, 129, 132, (53, 99, 68), 98, 133, 134, 137, 56, 59);

    public void Write(ExpansionTable table, int lane, double[] p, double annual)
    {
        WriteLower(table, lane, p);
        table.AddMagnetic(lane, Zonal + 4, p[Zonal4]);
        var (localSine, localCosine) = Math.SinCos(RadPerHour * p[LocalPhase]);
        var (evenSine, evenCosine) = Math.SinCos(RadPerDegree * p[LongitudeEvenPhase]);
        var (oddSine, oddCosine) = Math.SinCos(RadPerDegree * p[LongitudeOddPhase]);
        var (universalSine, universalCosine) = Math.SinCos(RadPerSecond * p[UniversalPhase]);
        ReadOnlySpan<double> even = [p[LongitudeEven.P12], p[LongitudeEven.P14], p[LongitudeEven.P16]];
        for (int i = 0; i < 3; i++)
        {
            table.AddMagnetic(lane, Zonal + 2 * i + 1, annual * p[ZonalOdd + i]);
            table.AddMagnetic(lane, DiurnalCos + i, localCosine * p[Local + i]);
            table.AddMagnetic(lane, DiurnalSin + i, localSine * p[Local + i]);
            table.AddMagnetic(lane, LongitudeCos + 2 * i + 1, evenCosine * even[i]);
            table.AddMagnetic(lane, LongitudeSin + 2 * i + 1, evenSine * even[i]);
            table.AddMagnetic(lane, SkewCos + 2 * i + 1, p[LongitudeSkew] * evenCosine * even[i]);
            table.AddMagnetic(lane, SkewSin + 2 * i + 1, p[LongitudeSkew] * evenSine * even[i]);
            table.AddMagnetic(lane, LongitudeCos + 2 * i, annual * oddCosine * p[LongitudeOdd + i]);
            table.AddMagnetic(lane, LongitudeSin + 2 * i, annual * oddSine * p[LongitudeOdd + i]);
            table.AddMagnetic(lane, UniversalCos + i, universalCosine * p[Universal + i]);
            table.AddMagnetic(lane, UniversalSin + i, universalSine * p[Universal + i]);
        }
    }

    public void WriteLower(ExpansionTable table, int lane, double[] p)
    {
        table.AddMagnetic(lane, Zonal, p[Zonal0]);
        table.AddMagnetic(lane, Zonal + 2, p[Zonal2]);
    }
}
