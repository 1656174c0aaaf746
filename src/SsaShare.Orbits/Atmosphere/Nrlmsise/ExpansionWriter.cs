using static SsaShare.Orbits.HorizontalBasis;

namespace SsaShare.Orbits;

/// <summary>Folds one published set of coefficients, for one day and one solar flux, into a lane of a table.</summary>
/// <remarks>Hedin 1987, appendix, with the terms that NRLMSISE-00 added.</remarks>
internal readonly struct ExpansionWriter(ExpansionTable table, int lane, double[] p, int dayOfYear, double fluxOfDay, double fluxAverage)
{
    private const double MeanFlux = 150;

    private readonly SeasonalPhases _season = new(p, dayOfYear);

    /// <summary>Functions of the upper thermosphere.</summary>
    /// <param name="magnetic">Which coefficients go with the activity: those of the daily Ap or those of its history.</param>
    public void WriteUpper(MagneticTerms magnetic)
    {
        double flux = fluxOfDay - fluxAverage, average = fluxAverage - MeanFlux;
        double ofDay = p[20] * flux + p[21] * flux * flux, annualGain = 1 + p[48] * average + ofDay, tidalGain = 1 + p[50] * average + ofDay;
        Quiet(Zonal, p[31] + p[20] * flux * (1 + p[60] * average) + p[21] * flux * flux + p[22] * average + p[30] * average * average
            + p[19] * _season.SymmetricAnnual + p[16] * _season.SymmetricSemiannual);
        Quiet(Zonal + 1, p[27] + annualGain * p[10] * _season.AsymmetricAnnual + p[38] * _season.AsymmetricSemiannual);
        Quiet(Zonal + 2, p[2] + p[15] * average + p[17] * _season.SymmetricSemiannual);
        Quiet(Zonal + 3, annualGain * p[11] * _season.AsymmetricAnnual);
        Quiet(Zonal + 4, p[3]);
        Quiet(Zonal + 6, p[23]);
        WriteTides(tidalGain, p[28], p[29]);
        Quiet(TerdiurnalSin + 1, tidalGain * p[94] * _season.AsymmetricAnnual);
        Quiet(TerdiurnalSin + 2, tidalGain * p[47] * _season.AsymmetricAnnual);
        Quiet(TerdiurnalCos + 1, tidalGain * p[95] * _season.AsymmetricAnnual);
        Quiet(TerdiurnalCos + 2, tidalGain * p[49] * _season.AsymmetricAnnual);
        WriteLongitude(1 + p[81] * average);
        WriteUniversalTime(average);
        magnetic.Write(table, lane, p, _season.AsymmetricAnnual);
    }

    /// <summary>Functions of the lower thermosphere and below.</summary>
    public void WriteLower(MagneticTerms magnetic)
    {
        Quiet(Zonal, p[22] * (fluxAverage - MeanFlux) + p[19] * _season.SymmetricAnnual + p[16] * _season.SymmetricSemiannual);
        Quiet(Zonal + 1, p[27] + p[10] * _season.AsymmetricAnnual + p[38] * _season.AsymmetricSemiannual);
        Quiet(Zonal + 2, p[2] + p[48] * _season.SymmetricAnnual + p[17] * _season.SymmetricSemiannual);
        Quiet(Zonal + 3, p[15] + p[11] * _season.AsymmetricAnnual);
        Quiet(Zonal + 4, p[3] + p[30] * _season.SymmetricAnnual + p[31] * _season.SymmetricSemiannual);
        Quiet(Zonal + 5, p[60] + p[21] * _season.AsymmetricAnnual);
        Quiet(Zonal + 6, p[23]);
        WriteTides(1, 0, 0);
        magnetic.WriteLower(table, lane, p);

        double even = 1 + p[84] * SeasonalPhases.Wave(dayOfYear, p[85]) + p[88] * SeasonalPhases.Wave(2 * dayOfYear, 2 * p[89]);
        double odd = p[81] * SeasonalPhases.Wave(dayOfYear, p[82]) + p[86] * SeasonalPhases.Wave(2 * dayOfYear, 2 * p[87]);
        ReadOnlySpan<double> cosine = [p[75], p[65], p[76], p[66], p[77], p[67]], sine = [p[78], p[91], p[79], p[92], p[80], p[93]];
        for (int i = 0; i < cosine.Length; i++)
        {
            Quiet(LongitudeCos + i, even * cosine[i]);
            Quiet(LongitudeSin + i, even * sine[i]);
            Quiet(SkewCos + i, odd * cosine[i]);
            Quiet(SkewSin + i, odd * sine[i]);
        }
    }

    /// <summary>Diurnal, semidiurnal and terdiurnal waves, which all sets share.</summary>
    private void WriteTides(double gain, double cosine15, double sine15)
    {
        double annual = gain * _season.AsymmetricAnnual;
        (int Row, double Amplitude)[] terms =
        [
            (DiurnalCos, gain * p[4]), (DiurnalCos + 1, gain * p[5]), (DiurnalCos + 2, gain * cosine15), (DiurnalCosAntisymmetric, annual * p[12]),
            (DiurnalSin, gain * p[7]), (DiurnalSin + 1, gain * p[8]), (DiurnalSin + 2, gain * sine15), (DiurnalSinAntisymmetric, annual * p[13]),
            (SemidiurnalCos, gain * p[6]), (SemidiurnalCos + 1, annual * p[24]), (SemidiurnalCos + 2, gain * p[42]), (SemidiurnalCos + 3, annual * p[36]),
            (SemidiurnalSin, gain * p[9]), (SemidiurnalSin + 1, annual * p[34]), (SemidiurnalSin + 2, gain * p[43]), (SemidiurnalSin + 3, annual * p[37]),
            (TerdiurnalSin, gain * p[40]), (TerdiurnalCos, gain * p[41]),
        ];
        foreach (var (row, amplitude) in terms) Quiet(row, amplitude);
    }

    private void WriteLongitude(double gain)
    {
        double annual = gain * _season.AsymmetricAnnual;
        for (int i = 0; i < 3; i++)
        {
            Quiet(LongitudeCos + 2 * i + 1, gain * p[65 + i]);
            Quiet(LongitudeCos + 2 * i, gain * p[104 + i] + annual * p[110 + i]);
            Quiet(LongitudeSin + 2 * i + 1, gain * p[91 + i]);
            Quiet(LongitudeSin + 2 * i, gain * p[107 + i] + annual * p[113 + i]);
        }
    }

    private void WriteUniversalTime(double average)
    {
        double annual = p[120] * _season.AsymmetricAnnual, gain = 1 + p[82] * average, mixedGain = 1 + p[138] * average;
        var (sine, cosine) = Math.SinCos(RadPerSecond * p[72]);
        var (mixedSine, mixedCosine) = Math.SinCos(RadPerSecond * p[80]);
        for (int i = 0; i < 3; i++)
        {
            // (1 + p96 x)(1 + p120 x cos) multiplied out in powers of the sine of the latitude, x.
            double first = gain * p[69 + i], second = first * (p[96] + annual), third = first * p[96] * annual;
            Quiet(UniversalCos + i, first * cosine);
            Quiet(UniversalSin + i, first * sine);
            Quiet(UniversalCosSkew + i, second * cosine);
            Quiet(UniversalSinSkew + i, second * sine);
            Quiet(UniversalCosSkew2 + i, third * cosine);
            Quiet(UniversalSinSkew2 + i, third * sine);
            Quiet(UniversalLongitudeCos + i, mixedGain * p[77 + i] * mixedCosine);
            Quiet(UniversalLongitudeSin + i, mixedGain * p[77 + i] * mixedSine);
        }
    }

    private void Quiet(int row, double amplitude) => table.AddQuiet(lane, row, amplitude);
}
