using System.CommandLine;
using System.CommandLine.Invocation;
using SsaShare.Cli;
using Spectre.Console;

Terminals.Adapt(AnsiConsole.Profile, Console.IsOutputRedirected);

var parsed = CommandTree.Create().Parse(args);
int exitCode = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
return parsed.Action is ParseErrorAction ? ExitCodes.Usage : exitCode;
