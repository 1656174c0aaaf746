using System.Globalization;
using SsaShare.Domain;
using SsaShare.Formats;

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
            foreach (var (keyword, value) in fields) Send(NdmEvent.Field(keyword, value));
        }

        Send(NdmEvent.MessageStart("ocm", "3.0"));
        Block("header", ("CREATION_DATE", Time(options.Now)), ("ORIGINATOR", options.Originator));
        Send(NdmEvent.BlockEnd("header"));
        Send(NdmEvent.BlockStart("segment"));
        Block("metadata", ("OBJECT_NAME", result.Id), ("TIME_SYSTEM", "UTC"), ("EPOCH_TZERO", Time(fit.State.Epoch)));
        Send(NdmEvent.BlockEnd("metadata"));
        Send(NdmEvent.BlockStart("data"));
        Block("traj", ("TRAJ_BASIS", "DETERMINED"), ("TRAJ_BASIS_ID", "1"), ("CENTER_NAME", "EARTH"), ("TRAJ_REF_FRAME", "GCRF"), ("TRAJ_TYPE", "CARTPV"));
        Send(NdmEvent.Row("trajLine", "0.0", r.X, r.Y, r.Z, v.X, v.Y, v.Z));
        Send(NdmEvent.BlockEnd("traj"));
        Block("cov", ("COV_BASIS", "DETERMINED"), ("COV_BASIS_ID", "1"), ("COV_REF_FRAME", "GCRF"), ("COV_TYPE", "CARTPV"), ("COV_ORDERING", "LTM"));
        Send(NdmEvent.Row("covLine", "0.0", fit.Covariance.Lower));
        Send(NdmEvent.BlockEnd("cov"));
        Block("od", ("OD_ID", "1"), ("OD_METHOD", "BWLS: batch weighted least squares"), ("OD_EPOCH", "0.0"),
            ("DAYS_SINCE_FIRST_OBS", Number(fit.State.Epoch.SecondsSince(fit.Span.First) / SecondsPerDay)), ("DAYS_SINCE_LAST_OBS", Number(fit.State.Epoch.SecondsSince(fit.Span.Last) / SecondsPerDay)),
            ("ACTUAL_OD_SPAN", Number(fit.Span.Last.SecondsSince(fit.Span.First) / SecondsPerDay)), ("OBS_AVAILABLE", Number(result.Observations.Count)), ("OBS_USED", Number(fit.ObservationsUsed)),
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

    private static string Time(Epoch epoch) => Utc.Format(epoch).TrimEnd('Z');

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
