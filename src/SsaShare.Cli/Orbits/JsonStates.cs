using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SsaShare.Domain;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>One document: the model, the frame, an array of states in the words of the CSV (and the lower triangle of the covariance, row by row, where there is one), an array of failures.</summary>
internal sealed class JsonStates : IStateWriter
{
    private readonly Stream _stream;
    private readonly List<(string Id, Epoch Epoch, string Reason, long States)> _failures = [];
    private bool _isBegun;

    public JsonStates(Stream stream, string model, Frame frame)
    {
        _stream = stream;
        _stream.Write(Encoding.ASCII.GetBytes($"{{\"model\":\"{model}\",\"frame\":\"{Enum.GetName(frame)!.ToUpperInvariant()}\",\"states\":["));
    }

    public void Set(ObjectTrack track, ArrayBufferWriter<byte> text)
    {
        byte[] id = Encoding.UTF8.GetBytes($"{{\"id\":{JsonSerializer.Serialize(track.Start.Id)},\"epoch_utc\":\"");
        for (int i = 0; i < track.Count; i++)
        {
            if (!track.Has(i)) continue;
            text.Write(text.WrittenCount == 0 ? "\n"u8 : ",\n"u8);
            text.Write(id);
            text.Write(Encoding.ASCII.GetBytes(Utc.Format(track.Epochs[i])));
            var (r, v) = (track.PositionKm[i], track.VelocityKmPerS[i]);
            Number("\",\"x_km\":"u8, r.X, CsvStates.PositionDecimals);
            Number(",\"y_km\":"u8, r.Y, CsvStates.PositionDecimals);
            Number(",\"z_km\":"u8, r.Z, CsvStates.PositionDecimals);
            Number(",\"vx_km_s\":"u8, v.X, CsvStates.VelocityDecimals);
            Number(",\"vy_km_s\":"u8, v.Y, CsvStates.VelocityDecimals);
            Number(",\"vz_km_s\":"u8, v.Z, CsvStates.VelocityDecimals);
            if (track.Covariances is { } covariances) text.Write(Encoding.ASCII.GetBytes($",\"covariance_km_s\":[{string.Join(',', covariances[i].Lower.ToArray().Select(one => one.ToString("R", CultureInfo.InvariantCulture)))}]"));
            text.Write("}"u8);
        }

        void Number(ReadOnlySpan<byte> name, double value, int decimals)
        {
            text.Write(name);
            FixedDecimals.Write(text, value, decimals);
        }
    }

    public IEnumerable<ReadIssue> Write(ObjectTrack track, ReadOnlySpan<byte> text)
    {
        if (text.Length > 0)
        {
            if (_isBegun) _stream.Write(","u8);
            _isBegun = true;
            _stream.Write(text);
        }
        if (track is { IsLast: true, FirstFailure: { } failure }) _failures.Add((track.Start.Id, failure.Epoch, failure.Reason, track.Failures));
        return [];
    }

    public void Complete()
    {
        _stream.Write("\n],\"failures\":"u8);
        JsonSerializer.Serialize(_stream, _failures.Select(one => new { id = one.Id, epoch_utc = Utc.Format(one.Epoch), reason = one.Reason, states = one.States }));
        _stream.Write("}\n"u8);
        _stream.Flush();
    }
}
