using System.CommandLine;
using System.CommandLine.Invocation;
using SsaShare.Cli;
using Spectre.Console;

Terminals.Adapt(AnsiConsole.Profile, Console.IsOutputRedirected);

var root = new RootCommand("SsaShare: nodes of partners that share space situational awareness data under signed agreements.")
{
    NodeCommands.Create(),
    FusionCommands.Create(),
    PeerCommands.Create(),
    SensorCommands.Create(),
    PublishCommand.Create(),
    AgreementCommands.Create(),
    CatalogCommands.Create(),
    AuditCommands.Create(),
    DemoCommand.Create(),
};
var parsed = root.Parse(args);
int exitCode = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
return parsed.Action is ParseErrorAction ? ExitCodes.Usage : exitCode;
