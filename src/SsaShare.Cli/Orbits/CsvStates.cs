using System.Buffers;
using System.Text;
using SsaShare.Domain;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>One line for each state.</summary>
internal sealed class CsvStates : IStateWriter
{
    public const string Header = "id,epoch_utc,x_km,y_km,z_km,vx_km_s,vy_km_s,vz_km_s";

    /// <summary>Of km and of km/s: a micrometre, and a nanometre in a second.</summary>
    internal const int PositionDecimals = 9, VelocityDecimals = 12;

    private readonly Stream _stream;

    public CsvStates(Stream stream)
    {
        _stream = stream;
        _stream.Write(Encoding.ASCII.GetBytes($"{Header}\n"));
    }

    public void Set(ObjectTrack track, ArrayBufferWriter<byte> text)
    {
        byte[] id = Encoding.UTF8.GetBytes(Quoted(track.Start.Id));
        for (int i = 0; i < track.Count; i++)
        {
            if (!track.Has(i)) continue;
            text.Write(id);
            text.Write(","u8);
            text.Write(Encoding.ASCII.GetBytes(Utc.Format(track.Epochs[i])));
            var (r, v) = (track.PositionKm[i], track.VelocityKmPerS[i]);
            Number(r.X, PositionDecimals);
            Number(r.Y, PositionDecimals);
            Number(r.Z, PositionDecimals);
            Number(v.X, VelocityDecimals);
            Number(v.Y, VelocityDecimals);
            Number(v.Z, VelocityDecimals);
            text.Write("\n"u8);
        }

        void Number(double value, int decimals)
        {
            text.Write(","u8);
            FixedDecimals.Write(text, value, decimals);
        }
    }

    public IEnumerable<ReadIssue> Write(ObjectTrack track, ReadOnlySpan<byte> text)
    {
        _stream.Write(text);
        return [];
    }

    public void Complete() => _stream.Flush();

    /// <summary>As RFC 4180 has it.</summary>
    internal static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
