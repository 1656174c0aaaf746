using System.CommandLine;
using Google.Protobuf;

namespace SsaShare.Cli;

/// <summary>ssa sensor ...</summary>
internal static class SensorCommands
{
    public static Command Create() => new("sensor", "Describe this partner's sensors.") { Publish() };

    private static Command Publish()
    {
        var dir = NodeOptions.Dir();
        var files = new Argument<FileInfo[]>("FILE") { Description = "Sensor files, as in seeds/sensors.", Arity = ArgumentArity.OneOrMore };
        var label = new LabelOptions();
        var command = new Command("publish", "Publish sensors, so that others can use their observations.\n\nExample:\n  ssa sensor publish seeds/sensors/ascension.json --dir atlantic") { files, dir };
        label.AddTo(command);
        return command.Does(async (parsed, cancellationToken) =>
        {
            using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
            bool refused = false;
            foreach (var file in parsed.GetValue(files)!)
            {
                var answer = await client.Admin.PublishSensorsAsync(
                    new() { FileName = file.Name, Content = ByteString.CopyFrom(await File.ReadAllBytesAsync(file.FullName, cancellationToken)), Label = label.Read(parsed) }, cancellationToken: cancellationToken);
                Console.WriteLine($"{file.Name}: {answer.AcceptedCount} published, {answer.DuplicateCount} known already");
                foreach (var issue in answer.Issues) Console.Error.WriteLine($"{issue.FileName}:{issue.Line}: {issue.Field}: {issue.Reason}");
                refused |= answer.Issues.Count > 0 && answer.AcceptedCount + answer.DuplicateCount == 0;
            }
            return refused ? ExitCodes.Failure : ExitCodes.Ok;
        });
    }
}
