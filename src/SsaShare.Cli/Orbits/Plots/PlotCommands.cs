using System.CommandLine;
using System.Text;

namespace SsaShare.Cli;

/// <summary>ssa plot ...</summary>
internal static class PlotCommands
{
    public static Command Create() => new("plot", "Draw residuals, ground tracks, covariances and encounter planes as SVG. Needs no node.") { Residuals(), GroundTrackCommand.Create(), Covariance(), BPlaneCommand.Create() };

    public static Option<string> Output() => new("--out", "-o") { Description = "The SVG file to write; '-' is standard output.", HelpName = "FILE.svg", Required = true };

    public static Option<string> Title() => new("--title") { Description = "Above the picture. Default: the object.", HelpName = "TEXT" };

    /// <summary>Writes the picture whole, or not at all.</summary>
    public static async Task WriteAsync(SvgDocument picture, string path)
    {
        await using var file = new ConvertedFile(path == FormatInput.StandardStream ? null : path);
        await file.Open().WriteAsync(Encoding.UTF8.GetBytes(picture.ToString()));
        file.Keep();
    }

    private static Command Residuals()
    {
        const string Text = """
            Residuals of a fit over time, as 'ssa od --to json' wrote them: a panel for each type of measurement, a colour for each sensor, edited ones as crosses (as arrows at the edge where they lie beyond it).

            Example:
              ssa plot residuals fit.json -o residuals.svg
            """;
        var input = new Argument<string>("FIT") { Description = "JSON of 'ssa od', as it is or compressed." };
        Option<string> output = Output(), title = Title();
        return new Command("residuals", Text) { input, title, output }.Does(async (parsed, _) =>
        {
            string path = parsed.GetValue(input)!;
            using var json = PlotJson.Open(path);
            var residuals = PlotJson.Residuals(path, json.RootElement);
            string named = json.RootElement.TryGetProperty("id", out var id) && id.GetString() is { } text ? $"Residuals, {text}" : "Residuals";
            await WriteAsync(ResidualsPlot.Draw(parsed.GetValue(title) ?? named, residuals), parsed.GetValue(output)!);
            return ExitCodes.Ok;
        });
    }

    private static Command Covariance()
    {
        const string Text = """
            How sure an orbit is over time: standard deviations of the position, radial, transverse and normal, of the states with covariance that 'ssa propagate --model numerical --to json' and 'ssa od --to json' write.

            Example:
              ssa plot covariance states.json -o covariance.svg --title "One week ahead"
            """;
        var input = new Argument<string[]>("STATES") { Description = "JSON of 'ssa propagate' or 'ssa od', as it is or compressed.", Arity = ArgumentArity.OneOrMore };
        Option<string> output = Output(), title = Title();
        return new Command("covariance", Text) { input, title, output }.Does(async (parsed, _) =>
        {
            var objects = new List<(string Name, IReadOnlyList<PlottedSigmas> Sigmas)>();
            foreach (string path in parsed.GetValue(input)!)
            {
                using var json = PlotJson.Open(path);
                foreach (var (name, sigmas) in PlotJson.Sigmas(path, json.RootElement)) objects.Add((name, sigmas));
            }
            await WriteAsync(CovariancePlot.Draw(parsed.GetValue(title) ?? (objects.Count == 1 ? $"Position uncertainty, {objects[0].Name}" : "Position uncertainty"), objects), parsed.GetValue(output)!);
            return ExitCodes.Ok;
        });
    }
}
