using System.Globalization;
using SsaShare.Domain;
using SsaShare.Protocol;
using SsaShare.Protocol.Catalog.V1;
using Spectre.Console;

namespace SsaShare.Cli;

/// <summary>The catalog for people: metres, degrees and millidegrees, UTC.</summary>
internal static class CatalogTables
{
    private const double DegreesPerRad = 180 / Math.PI;

    public static Table Objects(IEnumerable<CatalogObject> objects)
    {
        var table = New("object", "tags", "epoch (UTC)", "height km", "incl deg", "observations", "sigma fused", "best alone", "contributions");
        foreach (var one in objects)
        {
            var estimate = one.Estimate;
            table.AddRow(one.ObjectId[..8], Tags(one), Time(estimate.State.Epoch), Heights(estimate.Elements), F(estimate.Elements.InclinationRad * DegreesPerRad, "0.00"), Count(one),
                Metres(estimate.PositionSigmaKm), BestAlone(one), string.Join(", ", one.Contributions.Select(part => $"{part.PartnerId} {part.Weight.ToString("P0", CultureInfo.InvariantCulture)}")).EscapeMarkup());
        }
        return table;
    }

    public static void Write(CatalogObject one)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]object {one.ObjectId}[/]  tags {string.Join(", ", one.Tags)}  data mode {one.DataMode.ToString().ToUpperInvariant()}");
        var estimate = one.Estimate;
        var (r, v, e) = (estimate.State.PositionKm, estimate.State.VelocityKmPerS, estimate.Elements);
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            epoch      {Time(estimate.State.Epoch)} UTC, GCRF
            position   {r.X,14:0.0000} {r.Y,14:0.0000} {r.Z,14:0.0000} km
            velocity   {v.X,14:0.0000000} {v.Y,14:0.0000000} {v.Z,14:0.0000000} km/s
            elements   a {e.SemiMajorAxisKm:0.000} km  e {e.Eccentricity:0.000000}  i {e.InclinationRad * DegreesPerRad:0.0000} deg  node {e.RightAscensionOfAscendingNodeRad * DegreesPerRad:0.0000} deg  perigee {e.ArgumentOfPerigeeRad * DegreesPerRad:0.0000} deg  M {e.MeanAnomalyRad * DegreesPerRad:0.0000} deg
            sigma      {Metres(estimate.PositionSigmaKm)} in position (root of the trace; covariance {(estimate.ReducedChiSquare > 1 ? "scaled by" : "not scaled,")} reduced chi-square {estimate.ReducedChiSquare:0.00})
            from       {one.ObservationCount} observations, {one.RejectedCount} of them rejected, {Time(estimate.FirstObservation)} to {Time(estimate.LastObservation)}
            """));
        WriteCovariance(estimate);
        var contributions = New("partner", "observations", "weight", "sigma alone", "fused is better by");
        foreach (var part in one.Contributions)
            contributions.AddRow(part.PartnerId.EscapeMarkup(), part.ObservationCount.ToString(CultureInfo.InvariantCulture), part.Weight.ToString("P1", CultureInfo.InvariantCulture),
                part.HasPositionSigmaAloneKm ? Metres(part.PositionSigmaAloneKm) : "no orbit", part.HasPositionSigmaAloneKm ? $"{F(part.PositionSigmaAloneKm / estimate.PositionSigmaKm, "0.0")}x" : "-");
        double assumed = 1 - one.Contributions.Sum(part => part.Weight);
        if (assumed > 0.0005) contributions.AddRow("(assumed)", "-", assumed.ToString("P1", CultureInfo.InvariantCulture), "-", "a priori figures of drag and radiation pressure");
        AnsiConsole.Write(contributions);
        var residuals = New("sensor", "used", "rejected", "range rms", "range median", "azimuth rms", "elevation rms", "range bias", "azimuth bias", "elevation bias");
        foreach (var sensor in one.Residuals)
            residuals.AddRow($"{sensor.PartnerId}/{sensor.SensorId}".EscapeMarkup(), sensor.ObservationCount.ToString(CultureInfo.InvariantCulture), sensor.RejectedCount.ToString(CultureInfo.InvariantCulture),
                Metres(sensor.RangeRmsKm), Metres(sensor.RangeMedianKm), Millidegrees(sensor.AzimuthRmsRad), Millidegrees(sensor.ElevationRmsRad),
                $"{Metres(sensor.RangeBiasKm)} ± {F(sensor.RangeBiasSigmaKm * 1e3, "0")}", Millidegrees(sensor.AzimuthBiasRad), Millidegrees(sensor.ElevationBiasRad));
        AnsiConsole.Write(residuals);
    }

    public static void Write(CheckPredictionResponse check)
    {
        AnsiConsole.MarkupLineInterpolated($"{check.FittedCount} observations fitted up to {Time(check.FitEnd)}, {check.PredictedCount} predicted; the fit itself states {Metres(check.PositionSigmaAtEndKm)} (one sigma) at the last of them");
        var table = New("sensor", "predicted", "range rms", "range median", "azimuth rms", "azimuth median", "elevation rms", "elevation median");
        foreach (var sensor in check.Residuals)
            table.AddRow(sensor.SensorId.EscapeMarkup(), sensor.ObservationCount.ToString(CultureInfo.InvariantCulture), Metres(sensor.RangeRmsKm), Metres(sensor.RangeMedianKm),
                Millidegrees(sensor.AzimuthRmsRad), Millidegrees(sensor.AzimuthMedianRad), Millidegrees(sensor.ElevationRmsRad), Millidegrees(sensor.ElevationMedianRad));
        AnsiConsole.Write(table);
    }

    /// <summary>Sigmas along the orbit's own axes, which say more to people, and the covariance itself as an OPM lists it.</summary>
    private static void WriteCovariance(OrbitEstimate estimate)
    {
        var covariance = new Covariance6([.. estimate.Covariance]);
        Vector3d r = estimate.State.PositionKm.FromWire(), v = estimate.State.VelocityKmPerS.FromWire();
        Vector3d radial = r.Unit(), normal = r.Cross(v).Unit(), transverse = normal.Cross(radial);
        AnsiConsole.WriteLine($"           radial {Metres(SigmaKm(covariance, radial))}, transverse {Metres(SigmaKm(covariance, transverse))}, normal {Metres(SigmaKm(covariance, normal))}");
        for (int row = 0; row < 6; row++)
        {
            string entries = string.Join(' ', Enumerable.Range(0, row + 1).Select(column => covariance[row, column].ToString(" 0.0000E+00;-0.0000E+00", CultureInfo.InvariantCulture)));
            AnsiConsole.WriteLine($"{(row == 0 ? "covariance " : "           ")}{entries}{(row == 5 ? "  (km^2, km^2/s, km^2/s^2; x y z vx vy vz)" : "")}");
        }
    }

    private static double SigmaKm(Covariance6 covariance, Vector3d axis)
    {
        double[] a = [axis.X, axis.Y, axis.Z];
        double variance = 0;
        for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) variance += a[i] * covariance[i, j] * a[j];
        return Math.Sqrt(Math.Max(0, variance));
    }

    private static Table New(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (string column in columns) table.AddColumn(new TableColumn(column).NoWrap());
        return table;
    }

    private static string BestAlone(CatalogObject one)
        => one.Contributions.Where(part => part.HasPositionSigmaAloneKm).MinBy(part => part.PositionSigmaAloneKm) is { } best ? $"{Metres(best.PositionSigmaAloneKm)} ({best.PartnerId})" : "-";

    private static string Tags(CatalogObject one) => string.Join(' ', one.Tags.Take(3)).EscapeMarkup() + (one.Tags.Count > 3 ? $" +{one.Tags.Count - 3}" : "");
    private static string Count(CatalogObject one) => one.ObservationCount.ToString(CultureInfo.InvariantCulture);
    private static string Heights(OrbitalElements e) => $"{F(e.SemiMajorAxisKm * (1 - e.Eccentricity) - 6378.137, "0")} x {F(e.SemiMajorAxisKm * (1 + e.Eccentricity) - 6378.137, "0")}";
    private static string Metres(double km) => Math.Abs(km) < 10 ? $"{F(km * 1e3, Math.Abs(km) < 0.1 ? "0.0" : "0")} m" : $"{F(km, "#,0")} km";
    private static string Millidegrees(double rad) => $"{F(rad * DegreesPerRad * 1e3, "0.0")} mdeg";
    private static string Time(Protocol.Common.V1.Epoch wire) => SpaceMapper.TryRead(wire, out var epoch) ? Utc.Format(new Epoch(epoch.NanosecondsSinceJ2000 / 1_000_000 * 1_000_000)) : "?";
    private static string F(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
