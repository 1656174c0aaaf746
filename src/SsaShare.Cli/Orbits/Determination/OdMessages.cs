using System.Globalization;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>A fit as messages: an OCM with state, covariance and how it was determined, or an OEM over the span of the observations with covariances.</summary>
internal static class OdMessages
{
    public static void Ocm(Stream stream, OdResult result, FormatWriteOptions options)
    {
        var writer = NdmFormats.Of("ocm", NdmSyntax.Kvn).Create!(stream, options);
        var (fit, r, v) = (result.Fit, result.Fit.State.PositionKm, result.Fit.State.VelocityKmPerS);
        const double SecondsPerDay = 86_400;
        void Send(NdmEvent one)
        {
            if (writer.Write(one) is { Severity: IssueSeverity.Refused } issue) throw new InvalidDataException(FormatText.Line(issue));
        }

        void Block(string name, params ReadOnlySpan<(string Keyword, string Value)> fields)
        {
            Send(NdmEvent.BlockStart(name));
            Fields(fields);
        }

        void Fields(params ReadOnlySpan<(string Keyword, string Value)> fields)
        {
            foreach (var (keyword, value) in fields) Send(NdmEvent.Field(keyword, value));
        }

        // Coefficients alone have no place in a message: with one square metre and one kilogram they are what they are.
        void Physics()
        {
            if (!result.Propagator.Forces.HasSurfaceForces) return;
            string Percent(double value, double sigma) => value == 0 ? "0" : Number(Math.Abs(sigma / value) * 100);
            Send(NdmEvent.BlockStart("phys"));
            Send(NdmEvent.Comment("Mass and areas are not known: the coefficients are those times area over mass (m**2/kg), with one kilogram and one square metre."));
            Fields(("DRAG_CONST_AREA", "1"), ("DRAG_COEFF_NOM", Number(fit.Surface.BallisticM2PerKg)), ("DRAG_UNCERTAINTY", Percent(fit.Surface.BallisticM2PerKg, fit.SurfaceSigma.BallisticM2PerKg)), ("WET_MASS", "1"),
                ("SRP_CONST_AREA", "1"), ("SOLAR_RAD_COEFF", Number(fit.Surface.RadiationM2PerKg)), ("SOLAR_RAD_UNCERTAINTY", Percent(fit.Surface.RadiationM2PerKg, fit.SurfaceSigma.RadiationM2PerKg)));
            Send(NdmEvent.BlockEnd("phys"));
        }

        void Perturbations()
        {
            if (!result.Propagator.Forces.HasSurfaceForces) return;
            Block("pert", ("ATMOSPHERIC_MODEL", result.Problem.Forces.Atmosphere));
            Send(NdmEvent.BlockEnd("pert"));
        }

        Send(NdmEvent.MessageStart("ocm", "3.0"));
        Block("header", ("CREATION_DATE", Time(options.Now)), ("ORIGINATOR", options.Originator));
        Send(NdmEvent.BlockEnd("header"));
        Send(NdmEvent.BlockStart("segment"));
        Block("metadata", ("OBJECT_NAME", result.Id), ("TIME_SYSTEM", "UTC"), ("EPOCH_TZERO", Time(fit.State.Epoch)));
        Send(NdmEvent.BlockEnd("metadata"));
        Send(NdmEvent.BlockStart("data"));
        Block("traj", ("TRAJ_ID", "1"), ("TRAJ_BASIS", "DETERMINED"), ("TRAJ_BASIS_ID", "1"), ("PROPAGATOR", $"Numerical, forces: {result.Problem.Forces.Set}"), ("CENTER_NAME", "EARTH"), ("TRAJ_REF_FRAME", "GCRF"), ("TRAJ_TYPE", "CARTPV"));
        Send(NdmEvent.Row("trajLine", "0.0", r.X, r.Y, r.Z, v.X, v.Y, v.Z));
        Send(NdmEvent.BlockEnd("traj"));
        Physics();
        Block("cov", ("COV_BASIS", "DETERMINED"), ("COV_BASIS_ID", "1"), ("COV_REF_FRAME", "GCRF"), ("COV_TYPE", "CARTPV"), ("COV_ORDERING", "LTM"));
        Send(NdmEvent.Row("covLine", "0.0", fit.Covariance.Lower));
        Send(NdmEvent.BlockEnd("cov"));
        Perturbations();
        var (estimated, considered) = ((string[])["STATE[6]", .. OdParameters.Of(result, ParameterTreatment.Estimated)], OdParameters.Of(result, ParameterTreatment.Considered).ToArray());
        Block("od", ("OD_ID", "1"), ("OD_METHOD", "BWLS"), ("OD_EPOCH", Time(fit.State.Epoch)),
            ("DAYS_SINCE_FIRST_OBS", Number(fit.State.Epoch.SecondsSince(fit.Span.First) / SecondsPerDay)), ("DAYS_SINCE_LAST_OBS", Number(fit.State.Epoch.SecondsSince(fit.Span.Last) / SecondsPerDay)),
            ("ACTUAL_OD_SPAN", Number(fit.Span.Last.SecondsSince(fit.Span.First) / SecondsPerDay)), ("OBS_AVAILABLE", Number(result.Observations.Count)), ("OBS_USED", Number(fit.ObservationsUsed)), ("TRACKS_USED", Number(fit.Realism.Passes)), ("MAXIMUM_OBS_GAP", Number(LongestGapS(result) / SecondsPerDay)),
            ("SOLVE_N", Number(estimated.Length + 5)), ("SOLVE_STATES", string.Join(", ", estimated)));
        if (considered.Length > 0) Fields(("CONSIDER_N", Number(considered.Length)), ("CONSIDER_PARAMS", string.Join(", ", considered)));
        Fields(
            ("SENSORS_N", Number(fit.Statistics.Select(one => one.Sensor).Distinct().Count())), ("SENSORS", string.Join(", ", fit.Statistics.Select(one => one.Sensor.Sensor.Value).Distinct())),
            ("WEIGHTED_RMS", Number(Math.Sqrt(fit.ReducedChiSquare))), ("DATA_TYPES", string.Join(", ", fit.Statistics.Select(one => OdWords.Name(one.Kind).ToUpperInvariant()).Distinct())));
        Send(NdmEvent.BlockEnd("od"));
        Send(NdmEvent.BlockEnd("data"));
        Send(NdmEvent.BlockEnd("segment"));
        Send(NdmEvent.MessageEnd("ocm"));
        writer.Complete();
    }

    public static void Oem(Stream stream, OdResult result, FormatWriteOptions options)
    {
        var messages = NdmFormats.Of("oem", NdmSyntax.Kvn).Create!(stream, options);
        var tracks = new EphemerisTracks(EphemerisBridges.ToOem(messages, options), messages.Complete, options.Originator, "Fitted to observations from start to stop");
        var track = new ObjectTrack(new OrbitStart(result.Id, null, null, null, new OrbitState(result.Id, result.Fit.State, result.Fit.Covariance)));
        track.Set([.. result.States()]);
        foreach (var issue in tracks.Write(track, []))
            if (issue.Severity == IssueSeverity.Refused) throw new InvalidDataException(FormatText.Line(issue));
        tracks.Complete();
    }

    /// <summary>Between neighbours that were used.</summary>
    private static double LongestGapS(OdResult result)
    {
        var rejected = result.Fit.Edited.Where(edit => edit.Kind is null || edit.Reason is EditReason.Residual or EditReason.BelowHorizon).Select(edit => edit.ObservationIndex).ToHashSet();
        Epoch[] used = [.. result.Observations.Where((_, i) => !rejected.Contains(i)).Select(one => one.Epoch)];
        return used.Zip(used.Skip(1), (before, after) => after.SecondsSince(before)).DefaultIfEmpty(0).Max();
    }

    private static string Time(Epoch epoch) => Utc.Format(epoch).TrimEnd('Z');

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
