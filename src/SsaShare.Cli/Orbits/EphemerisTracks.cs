using System.Buffers;
using System.Globalization;
using SsaShare.Domain;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>Tracks as ephemerides of one of the formats that the catalog writes: a segment for each unbroken run of states.</summary>
/// <param name="writer">Of the format.</param>
/// <param name="complete">Ends the file after <paramref name="writer"/> is complete.</param>
/// <param name="source">Says of the header who made it.</param>
/// <param name="remark">A comment for people, at the head of the first segment; null where the format has no place for it.</param>
internal sealed class EphemerisTracks(IFormatWriter<EphemerisItem> writer, Action complete, string source, string? remark) : IStateWriter
{
    private bool _isBegun, _inSegment;

    public void Set(ObjectTrack track, ArrayBufferWriter<byte> text)
    {
        // Points go to the format's own writer.
    }

    public IEnumerable<ReadIssue> Write(ObjectTrack track, ReadOnlySpan<byte> text)
    {
        var issues = new List<ReadIssue>();
        if (!_isBegun)
        {
            _isBegun = true;
            Send(new EphemerisHeader { Source = source });
            if (remark is not null) Send(new EphemerisComment(remark));
        }
        for (int i = 0; i < track.Count; i++)
        {
            if (!track.Has(i))
            {
                End();
                continue;
            }
            if (!_inSegment) Send(Segment(track, i));
            _inSegment = true;
            Send(new EphemerisPoint { Time = Time(track.Epochs[i]), PositionKm = track.PositionKm[i], VelocityKmPerS = track.VelocityKmPerS[i] });
            if (track.Covariances is { } covariances)
                Send(new EphemerisCovariance { Time = Time(track.Epochs[i]), Frame = Frame(track), FrameName = FrameName(track), LowerKmAndS = covariances[i].Lower.ToArray() });
        }
        if (track.IsLast) End();
        return issues;

        void End()
        {
            if (_inSegment) Send(new EphemerisSegmentEnd());
            _inSegment = false;
        }

        void Send(EphemerisItem item)
        {
            if (writer.Write(item) is { } issue) issues.Add(issue);
        }
    }

    public void Complete()
    {
        writer.Complete();
        complete();
    }

    private static EphemerisSegment Segment(ObjectTrack track, int first)
    {
        int last = first;
        while (last + 1 < track.Count && track.Has(last + 1)) last++;
        // Where more pieces follow nobody knows the end yet.
        bool isWhole = last + 1 < track.Count || track.IsLast;
        return new EphemerisSegment
        {
            ObjectName = track.Start.Name ?? track.Start.Id,
            CosparId = track.Start.CosparId,
            NoradId = long.TryParse(track.Start.Id, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null,
            Frame = Frame(track),
            FrameName = FrameName(track),
            TimeSystem = EphemerisTimeSystem.Utc,
            Start = isWhole ? Time(track.Epochs[first]) : null,
            Stop = isWhole ? Time(track.Epochs[last]) : null,
        };
    }

    private static EphemerisFrame Frame(ObjectTrack track) => track.Frame switch { Domain.Frame.Itrf => EphemerisFrame.Itrf, Domain.Frame.Gcrf => EphemerisFrame.Icrf, _ => EphemerisFrame.Teme };

    private static string FrameName(ObjectTrack track) => track.Frame switch { Domain.Frame.Itrf => "ITRF", Domain.Frame.Gcrf => "GCRF", _ => "TEME" };

    private static EphemerisTime Time(Epoch epoch)
        => EphemerisTime.TryFromEpoch(epoch, EphemerisTimeSystem.Utc, out var time) ? time : throw new FormatException($"{epoch} has no UTC; ephemerides are written from 1972 to 2250.");
}
