using System.Buffers;
using System.Globalization;
using System.Text;
using SsaShare.Domain;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>States for people: metres and millimetres per second, in columns of a fixed width, as the rows come.</summary>
internal sealed class TableStates : IStateWriter
{
    private const int IdWidth = 9, EpochWidth = 27, PositionWidth = 14, VelocityWidth = 12, PositionDecimals = 3, VelocityDecimals = 6;

    private readonly Stream _stream;

    public TableStates(Stream stream, string model, Frame frame)
    {
        _stream = stream;
        string columns = Row("ID", "EPOCH (UTC)", ["X (km)", "Y (km)", "Z (km)", "VX (km/s)", "VY (km/s)", "VZ (km/s)"]);
        _stream.Write(Encoding.ASCII.GetBytes($"{(model == "sgp4" ? "SGP4" : "Numerical")}, {Enum.GetName(frame)!.ToUpperInvariant()}\n{columns}\n"));
    }

    public void Set(ObjectTrack track, ArrayBufferWriter<byte> text)
    {
        for (int i = 0; i < track.Count; i++)
        {
            if (!track.Has(i)) continue;
            var (r, v) = (track.PositionKm[i], track.VelocityKmPerS[i]);
            string[] figures = [Position(r.X), Position(r.Y), Position(r.Z), Velocity(v.X), Velocity(v.Y), Velocity(v.Z)];
            text.Write(Encoding.UTF8.GetBytes($"{Row(track.Start.Id, Utc.Format(track.Epochs[i]), figures)}\n"));
        }
    }

    public IEnumerable<ReadIssue> Write(ObjectTrack track, ReadOnlySpan<byte> text)
    {
        _stream.Write(text);
        return [];
    }

    public void Complete() => _stream.Flush();

    private static string Row(string id, string epoch, string[] figures)
        => $"{id.PadRight(IdWidth)}  {epoch.PadRight(EpochWidth)}{string.Concat(figures.Select((figure, i) => "  " + figure.PadLeft(i < 3 ? PositionWidth : VelocityWidth)))}";

    private static string Position(double km) => km.ToString($"F{PositionDecimals}", CultureInfo.InvariantCulture);

    private static string Velocity(double kmPerS) => kmPerS.ToString($"F{VelocityDecimals}", CultureInfo.InvariantCulture);
}
