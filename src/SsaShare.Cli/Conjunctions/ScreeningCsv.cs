using System.Globalization;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>One line for each approach.</summary>
internal static class ScreeningCsv
{
    public const string Header = "id_1,id_2,tca_utc,miss_km,relative_speed_km_s";

    /// <param name="stream">Stays open.</param>
    public static void Write(Stream stream, IEnumerable<CloseApproach> approaches)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Header);
        foreach (var one in approaches) writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Id1},{one.Id2},{Time(one.Tca)},{one.MissKm:F6},{one.RelativeSpeedKmPerS:F6}"));
    }

    /// <summary>To the microsecond: approaches are found no better.</summary>
    public static string Time(Epoch epoch)
    {
        const long Microsecond = 1_000;
        long rest = epoch.NanosecondsSinceJ2000 % Microsecond;
        if (rest < 0) rest += Microsecond;
        return Utc.Format(new Epoch(epoch.NanosecondsSinceJ2000 - rest + (rest < Microsecond / 2 ? 0 : Microsecond)));
    }
}
